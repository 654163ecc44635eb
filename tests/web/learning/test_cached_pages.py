"""Pages are made of cached parts, and show at once what changed."""

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.progress import Status
from tests.support.browsing import TOKEN, Browser, browser_of
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import mentor as begin
from tests.support.mentoring import submit
from tests.support.outlines import add_roadmap, enroll, sample

Scene = tuple[Session, Learning, Browser]
EARLIER = NOON - timedelta(days=2)


def rename(scene: Scene) -> None:
    scene[0].execute(update(User).where(User.id == scene[1].person.id).values(name="Lena Two"))


def wait(scene: Scene) -> None:
    otto = add_user(scene[0], "Otto")
    theirs = Learning(scene[0], otto, enroll(scene[0], otto))
    begin(theirs, scene[1].person)
    submit(theirs)


CHANGES: dict[str, Callable[[Scene], object]] = {
    "a mark": lambda scene: scene[1].mark("first", Status.SKIPPED),
    "the weekly hours": lambda scene: scene[1].choose(weekly_hours=2),
    "a new edition": lambda scene: scene[1].publish(),
    "her name": rename,
    "work that waits for her": wait,
    "the theme": lambda scene: scene[2].client.set_cookie("roadmap_theme", "dark"),
}


@pytest.fixture
def app(config: Config, real_database: Database) -> Iterator[Flask]:
    with time_machine.travel(NOON, tick=False):
        yield create_app(config, database=real_database)


@pytest.fixture
def scene(app: Flask, real_database: Database) -> Iterator[Scene]:
    """Lena did something two days ago; what a test changes is committed by `look`."""
    with real_database.writing() as session:
        lena = add_user(session, "Lena")
        add_roadmap(session, sample())
        learning = Learning(session, lena, enroll(session, lena, pathways=["seer"], at=EARLIER), at=NOON)
        learning.mark("first")
        browser = browser_of(app, session, lena)
        session.commit()
    return session, learning, browser


def without_token(page: str) -> str:
    return TOKEN.sub("", page)


def look(scene: Scene) -> str:
    return scene[2].get(f"/enrollments/{scene[1].enrollment.public_id}").text


def test_the_page_shows_what_changed(real_database: Database, scene: Scene) -> None:
    before = without_token(look(scene))
    for name, change in CHANGES.items():
        with real_database.writing() as session:
            enrollment = session.get_one(Enrollment, scene[1].enrollment.id)
            learning = Learning(session, scene[1].person, enrollment, at=NOON)
            change((session, learning, scene[2]))
            session.commit()
        changed = without_token(look(scene))
        assert changed != before, name
        real_database.caches.clear()
        before = without_token(look(scene))
        assert changed == before, name


def test_a_day_later_it_is_another_page(scene: Scene) -> None:
    before = look(scene)
    with time_machine.travel(NOON + timedelta(days=29), tick=False):
        assert TOKEN.sub("", look(scene)) != TOKEN.sub("", before)


def test_compressed_it_is_the_same_page(scene: Scene) -> None:
    path = f"/enrollments/{scene[1].enrollment.public_id}"
    plain = scene[2].get(path)
    packed = scene[2].get(path, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert without_token(gzip.decompress(packed.data).decode()) == without_token(plain.text)
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_each_visitor_gets_their_own_token(app: Flask, real_database: Database, scene: Scene) -> None:
    with real_database.writing() as session:
        other = browser_of(app, session, scene[1].person)
        session.commit()
    mine, theirs = (TOKEN.search(look((scene[0], scene[1], each))) for each in (scene[2], other))
    assert mine is not None
    assert theirs is not None
    assert mine[1] != theirs[1]


@pytest.mark.parametrize("view", ["", "?view=map"])
def test_a_day_to_revisit_gets_its_year_when_that_is_over(
    app: Flask, real_database: Database, scene: Scene, view: str
) -> None:
    """The same row reads differently in another year, so the year is part of what it is cached under."""
    path = f"/enrollments/{scene[1].enrollment.public_id}{view}"
    december, january = NOON.replace(month=12, day=20), NOON.replace(year=NOON.year + 1, month=1, day=9)
    with real_database.writing() as session:
        learning = Learning(session, scene[1].person, session.merge(scene[1].enrollment), at=december)
        learning.revisit("second", december.date() + timedelta(days=10))
        session.commit()
    seen = []
    for at in (december, january):
        with time_machine.travel(at, tick=False), real_database.writing() as session:
            browser = browser_of(app, session, session.get_one(User, scene[1].person.id))
        with time_machine.travel(at, tick=False):
            seen.append(re.findall(r"revisit (?:<time[^>]*>)?(30 December[ 0-9]*)", browser.get(path).text))
    assert seen == [["30 December"], [f"30 December {december.year}"]]
