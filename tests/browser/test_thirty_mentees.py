"""A mentor with thirty mentees sees at once who is stuck, on a phone and on a desk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from roadmap.clock import now
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.passwords import Passwords
from tests.support.cast import PASSWORD, add_user
from tests.support.fixtures.sites import served
from tests.support.outlines import add_roadmap
from tests.support.pages.page_faults import faults_of
from tests.support.thirty_mentees import STUCK, add_thirty_mentees


@pytest.fixture
def desk(config: Config, sqlite_template: Path, page: Page) -> Iterator[str]:
    """The address of the desk of Milo, who is signed in and mentors thirty."""
    path = config.data / "roadmap.sqlite3"
    shutil.copyfile(sqlite_template, path)
    with Database(f"sqlite:///{path}") as database, database.writing() as session:
        add_roadmap(session)
        milo = add_user(session, "Milo", password_hash=Passwords("cheap").hash(PASSWORD))
        add_thirty_mentees(session, milo, now=now())
        session.commit()
    with served(config) as url:
        page.goto(f"{url}/login")
        page.fill("[name=email]", "milo@example.org")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{url}/today")
        yield f"{url}/mentoring"


def test_the_stuck_are_on_the_first_screen_and_nothing_is_at_fault(page: Page, desk: str) -> None:
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(desk)
        first = page.locator(".attention h3 a")
        assert tuple(first.all_inner_texts()[:3]) == STUCK
        for name in STUCK:
            expect(page.locator(".attention").get_by_role("link", name=name)).to_be_in_viewport(ratio=1)
    assert faults_of(page, [desk]) == []
