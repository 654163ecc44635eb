"""What pages cost: a fixed, small number of statements whatever there is to show."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.progress import Status
from roadmap.domain.reports.links import LinkPurpose
from tests.support.browsing import Browser, browser_of
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import mentor_of, returned, submit, verified
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.sharing import EVERYTHING, feed_url, share_url
from tests.support.statements import counted_statements

pytestmark = pytest.mark.slow

MOST_ON_THE_LIST = 3
MOST_ON_TODAY = 9
MOST_FOR_A_REPORT = 4


@pytest.fixture
def app(config: Config, real_database: Database) -> Iterator[Flask]:
    """The application on a database of its own, with its caches."""
    with time_machine.travel(NOON, tick=False):
        yield create_app(config, database=real_database)


@pytest.fixture
def lena(real_database: Database) -> User:
    with real_database.writing() as session:
        lena = add_user(session, "Lena")
        session.commit()
    return lena


@pytest.fixture
def browser(app: Flask, real_database: Database, lena: User) -> Browser:
    with real_database.writing() as session:
        return browser_of(app, session, lena)


def started(database: Database, lena: User, slug: str, *marks: str) -> str:
    """Lena starts a roadmap and marks these milestones; the path of her enrollment."""
    with database.writing() as session:
        add_roadmap(session, sample(slug))
        learning = Learning(session, lena, enroll(session, lena, slug, pathways=["seer"]))
        for key in marks:
            learning.mark(key, Status.SKIPPED, reason="Why")
            learning.mark(key)
            learning.note(key, "A note")
            learning.show(key)
        session.commit()
    return f"/enrollments/{learning.enrollment.public_id}"


def cost(database: Database, browser: Browser, path: str) -> int:
    """The statements of the page once the outline is known, the header's included."""
    assert browser.get(path).status_code == 200
    with counted_statements(database) as seen:
        browser.get(path)
    return len(seen)


OF_FEW_AND_MUCH = {"few": ("first",), "much": tuple(sample().milestones)}
PAGES = [
    "",
    "?view=map",
    "/milestones/first",
    "/milestones/first/panel",
    "/history",
    "/settings",
    "/edition",
    "/reports",
    "/activity",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_however_much_is_on_record(
    real_database: Database, browser: Browser, lena: User, page: str
) -> None:
    few = started(real_database, lena, "few", "first")
    much = started(real_database, lena, "much", *sample().milestones)
    assert cost(real_database, browser, much + page) == cost(real_database, browser, few + page)


@pytest.mark.parametrize("extension", ["csv", "json"])
def test_a_file_of_a_report_costs_the_same_however_much_is_on_record(
    real_database: Database, browser: Browser, lena: User, extension: str
) -> None:
    few, much = (started(real_database, lena, slug, *keys) for slug, keys in OF_FEW_AND_MUCH.items())
    file = f"/report.{extension}"
    costs = cost(real_database, browser, few + file), cost(real_database, browser, much + file)
    assert 0 < costs[0] == costs[1] <= MOST_FOR_A_REPORT


@pytest.mark.parametrize("view", ["", "?view=map", "?view=map&skills=all", "/milestones/first/panel"])
def test_the_list_and_the_map_cost_three_statements_at_most(
    real_database: Database, browser: Browser, lena: User, view: str
) -> None:
    path = started(real_database, lena, "one", "first", "habit")
    assert 0 < cost(real_database, browser, path + view) <= MOST_ON_THE_LIST


@pytest.mark.parametrize(
    "page", ["/today", "/roadmaps", "/settings/data.zip", "/search?q=note", "/search?q=why"]
)
def test_many_roadmaps_cost_what_one_costs(
    real_database: Database, browser: Browser, lena: User, page: str
) -> None:
    started(real_database, lena, "one", "first")
    before = cost(real_database, browser, page)
    for number in range(4):
        started(real_database, lena, f"more-{number}", "second")
    assert cost(real_database, browser, page) == before


def shared(database: Database, lena: User, slug: str, *marks: str, links: int = 1) -> dict[str, str]:
    """Lena shares a roadmap; the paths of her pages about it, and of the last link, badge and calendar."""
    base = started(database, lena, slug, *marks)
    with database.writing() as session:
        enrollment = session.scalars(select(Enrollment).where(Enrollment.public_id == base[13:])).one()
        learning = Learning(session, lena, enrollment)
        report = [share_url(learning, **EVERYTHING) for _ in range(links)][-1]
        badge, calendar = (feed_url(learning, each) for each in FEEDS)
        session.commit()
    return {"links": f"{base}/shares", "report": report, "badge": badge, "calendar": calendar}


FEEDS = (LinkPurpose.BADGE, LinkPurpose.CALENDAR)


@pytest.mark.parametrize("page", ["links", "report", "badge", "calendar"])
def test_what_is_shared_costs_the_same_however_much_it_is(
    real_database: Database, browser: Browser, lena: User, page: str
) -> None:
    few = shared(real_database, lena, "few", "first")
    much = shared(real_database, lena, "much", *sample().milestones, links=9)
    assert cost(real_database, browser, much[page]) == cost(real_database, browser, few[page])


@pytest.mark.both_databases
@pytest.mark.parametrize("page", ["/settings/badge", "/settings/calendar", "/admin/shares"])
def test_pages_about_all_links_cost_what_they_cost_with_one(
    real_database: Database, browser: Browser, lena: User, page: str
) -> None:
    with real_database.writing() as session:
        session.get_one(User, lena.id).is_admin = True
        session.commit()
    shared(real_database, lena, "one")
    before = cost(real_database, browser, page)
    for number in range(4):
        shared(real_database, lena, f"more-{number}", links=2)
    assert cost(real_database, browser, page) == before


def test_today_costs_nine_statements_at_most(real_database: Database, browser: Browser, lena: User) -> None:
    started(real_database, lena, "one", "habit")
    with real_database.writing() as session:
        enrollment = session.scalars(select(Enrollment)).one()
        learning = Learning(session, lena, enrollment)
        returned(learning, mentor_of(learning), "first")
        submit(learning, "second")
        session.commit()
    assert cost(real_database, browser, "/today") <= MOST_ON_TODAY


def test_news_costs_one_statement_on_today_and_one_more_when_it_is_marked_as_seen(
    real_database: Database, browser: Browser, lena: User
) -> None:
    path = started(real_database, lena, "one", "habit")
    without = cost(real_database, browser, "/today"), cost(real_database, browser, path)
    with real_database.writing() as session:
        learning = Learning(session, lena, session.scalars(select(Enrollment)).one())
        milo = mentor_of(learning)
        for key in ("first", "second", "see"):
            verified(learning, milo, key)
        session.commit()
    assert cost(real_database, browser, path) == without[1]
    with counted_statements(real_database) as seen:
        browser.get("/today")
    assert len(seen) == without[0] + 1
    assert sum("UPDATE users" in statement for statement in seen) == 1
