"""The news on Today: what others did since the person last looked."""

from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.news.items import NewsItem, news_items
from roadmap.domain.news.statements import UNSEEN


def unseen_news(session: Session, person: User, *, at: datetime) -> tuple[NewsItem, ...]:
    """What this person has not seen by `at`, in one statement: what needs changes first, then the newest."""
    return news_items(session.connection().execute(UNSEEN, {"person_id": person.id, "at": at}))
