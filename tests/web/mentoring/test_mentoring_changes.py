"""The mentor's page shows at once what changed, whatever is cached."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.submissions import Submission
from roadmap.operations.accounts.account_deletion import erase
from tests.support.browsing import TOKEN, Browser, browser_of
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import HOUR, MINUTE, claim, end, invite, mentor, mentor_of, review, submit
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.statements import counted_statements

pytestmark = pytest.mark.slow

MOST_STATEMENTS = 7
ONCE = re.compile(r'name="once" value="[^"]*"')
NOW = NOON + 20 * HOUR + 5 * MINUTE


@dataclass
class Scene:
    """Milo mentors Lena, whose first milestone waits for him since noon, and Otto no more; it is the next
    morning."""

    app: Flask
    database: Database
    learning: Learning
    work: Submission
    milo: User
    otto: User
    browser: Browser

    def look(self, *, at: datetime = NOW, afresh: bool = False) -> str:
        if afresh:
            self.database.caches.clear()
        with time_machine.travel(at, tick=False):
            page = self.browser.get("/mentoring").text
        token = TOKEN.search(page)
        assert token is not None
        return ONCE.sub("", page.replace(token[1], ""))

    def change(self, act: Callable[["Scene"], object]) -> None:
        with self.database.writing() as session:
            enrollment, work = (session.merge(each) for each in (self.learning.enrollment, self.work))
            learning = replace(self.learning, session=session, enrollment=enrollment, at=NOW)
            act(replace(self, learning=learning, work=work))
            session.commit()


@pytest.fixture
def scene(config: Config, real_database: Database) -> Scene:
    app = create_app(config, database=real_database)
    with time_machine.travel(NOW, tick=False), real_database.writing() as session:
        add_roadmap(session)
        lena = add_user(session, "Lena")
        learning = Learning(session, lena, enroll(session, lena))
        milo = mentor_of(learning)
        otto = add_user(session, "Otto")
        past = Learning(session, otto, learning.enrollment)
        mentor(past, milo)
        end(past, milo)
        work, browser = submit(learning), browser_of(app, session, milo)
        session.commit()
    return Scene(app, real_database, learning, work, milo, otto, browser)


def rename(scene: Scene, person: User) -> None:
    scene.learning.session.execute(update(User).where(User.id == person.id).values(name="Somebody"))


CHANGES: dict[str, Callable[[Scene], object]] = {
    "more work": lambda scene: submit(scene.learning, "see"),
    "a mark": lambda scene: scene.learning.mark("habit"),
    "an answer": lambda scene: review(scene.learning, scene.work, scene.milo),
    "a claim": lambda scene: claim(scene.learning, scene.work, scene.milo),
    "the end of it": lambda scene: end(scene.learning, scene.milo),
    "the name of somebody he mentored": lambda scene: rename(scene, scene.otto),
    "an account he mentored that goes": lambda scene: erase(
        scene.learning.session, scene.learning.session.get_one(User, scene.otto.id)
    ),
    "an invitation": lambda scene: invite(scene.learning.session, scene.milo, "otto@example.org"),
    "a roadmap to choose": lambda scene: add_roadmap(scene.learning.session, sample("other")),
    "her name": lambda scene: rename(scene, scene.learning.person),
}


@pytest.mark.parametrize("name", CHANGES)
def test_it_shows_what_changed(scene: Scene, name: str) -> None:
    before = scene.look()
    scene.change(CHANGES[name])
    after = scene.look()
    assert after == scene.look(afresh=True)
    assert after != before


@pytest.mark.parametrize("passed", [MINUTE, HOUR, 5 * HOUR, 11 * HOUR])
def test_it_says_how_long_it_is_by_now(scene: Scene, passed: timedelta) -> None:
    before, later = scene.look(), NOW + passed
    after = scene.look(at=later)
    assert after == scene.look(at=later, afresh=True)
    assert (after == before) is (passed == MINUTE)


@pytest.mark.parametrize("name", ["more work", "a mark", "an answer"])
def test_it_costs_seven_statements_at_most_when_something_changed(scene: Scene, name: str) -> None:
    scene.look()
    scene.change(CHANGES[name])
    costs = []
    for _ in range(2):
        with counted_statements(scene.database) as seen:
            scene.look()
        costs.append(len(seen))
    assert min(costs) > 0
    assert max(costs) <= MOST_STATEMENTS
