"""News: what a person has not seen yet, as short sentences."""

from datetime import datetime

from roadmap.domain.accounts.users import User
from roadmap.domain.news.items import NewsItem
from roadmap.operations.accounts.profiles import mark_news_seen
from roadmap.queries.pages.header import find_header
from roadmap.queries.pages.today import unseen_news
from tests.support.learning import Learning
from tests.support.mentoring import HOUR


def news_items(learning: Learning, person: User | None = None) -> tuple[NewsItem, ...]:
    """The news of Lena, or of somebody else; the header counts the same."""
    learning.session.flush()
    person = person or learning.person
    items = unseen_news(learning.session, person, at=learning.at)
    assert find_header(learning.session, person, at=learning.at).news == len(items)
    return items


def news(learning: Learning, person: User | None = None) -> list[str]:
    """The sentences."""
    return [item.sentence for item in news_items(learning, person)]


def look(learning: Learning, *people: User, at: datetime | None = None) -> None:
    """These people see all news of now, and an hour passes."""
    for person in people:
        mark_news_seen(learning.session, by=person, until=at or learning.at)
    learning.at += HOUR
