"""News on Today, once, and the dot in the header of every other page."""

import re

import pytest
from sqlalchemy import update

from roadmap.db.errors import DatabaseUnavailable
from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.submissions import Review
from roadmap.operations.reports.links import count_open
from roadmap.web.learning import overview
from tests.support.browsing import Browser
from tests.support.cast import NOON, add_user
from tests.support.learning import Learner
from tests.support.mentoring import DAY, HOUR, ask, mentor, returned, verified
from tests.support.news import look
from tests.support.sharing import share

DOT, BLOCK = '<span class="dot"><span class="unseen">{} new</span></span>', 'class="news"'
TAG, WHITE = re.compile(r"<[^>]+>"), re.compile(r"\s+")


def today(browser: Browser) -> str:
    answer = browser.get("/today")
    assert answer.status_code == 200
    return answer.text


def lines(page: str) -> list[str]:
    """What the items say, as people read them."""
    items = re.findall(r"<li[^>]* data-news=.*?</li>", page, re.DOTALL)
    return [WHITE.sub(" ", TAG.sub("", item)).strip() for item in items]


@pytest.fixture
def milo(learner: Learner) -> User:
    """He mentors Lena since yesterday, which both have seen; what they do now is three hours ago."""
    milo = add_user(learner.session, "Milo")
    mentor(learner, milo, at=NOON - DAY)
    learner.at = NOON - DAY
    look(learner, learner.person, milo)
    learner.at = NOON - 3 * HOUR
    learner.session.commit()
    return milo


@pytest.fixture
def verified_news(learner: Learner, milo: User) -> None:
    """Milo verified something three hours ago."""
    verified(learner, milo)
    learner.session.commit()


@pytest.mark.usefixtures("verified_news")
def test_it_is_shown_on_today_once_and_nowhere_else_is_it_seen(learner: Learner) -> None:
    for path in ("", "/activity", "/milestones/first"):
        page = learner.page(path)
        assert (page.count(DOT.format(1)), BLOCK in page) == (2, False)
    page = today(learner.browser)
    assert lines(page) == ["Milo verified “First”. 3 hours ago"]
    assert f'<a href="{learner.base}/milestones/first#submission" dir="auto">First</a>' in page
    assert "new</span>" not in page
    assert BLOCK not in today(learner.browser)
    assert "new</span>" not in learner.page()


def test_without_news_there_is_no_block_and_no_dot(learner: Learner) -> None:
    page = today(learner.browser)
    assert (BLOCK in page, "new</span>" in page) == (False, False)


@pytest.mark.usefixtures("verified_news")
@pytest.mark.parametrize("purpose", ["prefetch", "prefetch;prerender"])
def test_a_page_that_is_loaded_ahead_leaves_it_new(learner: Learner, purpose: str) -> None:
    assert BLOCK in learner.browser.get("/today", headers={"Sec-Purpose": purpose}).text
    assert learner.browser.client.head("/today").status_code == 200
    assert BLOCK in today(learner.browser)


@pytest.mark.usefixtures("verified_news")
def test_where_nothing_can_be_written_the_page_is_served_and_it_stays_new(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DatabaseUnavailable("database busy")

    monkeypatch.setattr(overview, "mark_news_seen", refuse)
    page = today(learner.browser)
    assert (BLOCK in page, DOT.format(1) in page) == (True, True)


def test_a_question_leads_its_mentor_to_the_conversation(learner: Learner, mentor: Browser) -> None:
    ask(learner, "see")
    learner.session.commit()
    page = today(mentor)
    assert lines(page) == ["Lena asked about “See”. 3 hours ago"]
    assert f'href="{learner.base}/milestones/see#conversation"' in page


@pytest.mark.usefixtures("milo")
def test_what_is_not_about_a_milestone_leads_to_its_page(learner: Learner) -> None:
    mentor(learner, add_user(learner.session, "Mina"), at=learner.at)
    count_open(learner.session, share(learner).id, at=learner.at)
    learner.publish()
    learner.session.commit()
    page = today(learner.browser)
    assert f'“<a href="{learner.base}/edition" dir="auto">Sample</a>” has a new edition' in page
    assert f'“<a href="{learner.base}/shares" dir="auto">Sample</a>” was opened for the first time' in page
    assert '<a href="/mentoring"><bdi>Mina</bdi></a> is now your mentor' in page


@pytest.mark.usefixtures("verified_news")
def test_what_somebody_typed_is_escaped(learner: Learner, milo: User) -> None:
    learner.session.execute(update(Review).values(reviewer_name="<b>Milo</b> {what}"))
    learner.session.commit()
    assert "<bdi>&lt;b&gt;Milo&lt;/b&gt; {what}</bdi> verified" in today(learner.browser)


def test_more_than_three_are_folded(learner: Learner, milo: User) -> None:
    for key in ("first", "second", "habit", "see"):
        verified(learner, milo, key)
    learner.at -= HOUR
    returned(learner, milo, "look")
    learner.session.commit()
    page = today(learner.browser)
    assert "<summary>2 more</summary>" in page
    assert len(lines(page)) == 5
    assert lines(page)[0] == "Milo requested changes on “Look”. 4 hours ago"
