"""Whoever changed something sees it in the next answer, whichever thread or server gives it."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from flask import Flask

from roadmap.app import create_app
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from tests.support.browsing import Browser, add_account, browser_of
from tests.support.outlines import add_roadmap, enroll, milestone, outline, skill

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

THREADS = 6
ROUNDS = 6
KEYS = [f"step-{number}" for number in range(THREADS)]
GUESSED = "a wrong password that is long enough"


@pytest.fixture
def apps(config: Config, real_database: Database) -> Iterator[list[Flask]]:
    """Two servers on one database, each with connections and caches of its own."""
    url = real_database.url.render_as_string(hide_password=False)
    with Database(url, threads=THREADS) as one, Database(url, threads=THREADS) as other:
        yield [create_app(config, one), create_app(config, other)]


@pytest.fixture
def lena(real_database: Database) -> User:
    with real_database.writing() as session:
        add_roadmap(session, outline(skill("steps", *map(milestone, KEYS))))
        lena = add_account(session)
        session.commit()
    return lena


@pytest.fixture
def path(real_database: Database, lena: User) -> str:
    with real_database.writing() as session:
        enrollment = enroll(session, lena)
        session.commit()
    return f"/enrollments/{enrollment.public_id}"


@pytest.fixture
def browsers(apps: list[Flask], real_database: Database, lena: User) -> list[list[Browser]]:
    """For each thread a window of Lena at each server."""
    with real_database.writing() as session:
        return [[browser_of(app, session, lena) for app in apps] for _ in range(THREADS)]


@contextmanager
def guessing(apps: list[Flask]) -> Iterator[None]:
    """Meanwhile two threads try wrong passwords at many accounts, most of which is refused by limits."""
    ended = threading.Event()

    def guess(app: Flask, thread: int) -> None:
        browser, number = Browser(app), 0
        while not ended.is_set():
            email = f"nobody-{thread}-{number % 3}@example.org"
            assert browser.sign_in(email, GUESSED).status_code in {422, 429}
            number += 1

    with ThreadPoolExecutor(len(apps)) as pool:
        guesses = [pool.submit(guess, app, thread) for thread, app in enumerate(apps)]
        try:
            yield
        finally:
            ended.set()
        for each in guesses:
            each.result()


def status_on(page: str, key: str) -> str:
    found = re.search(rf'data-milestone="{key}" data-status="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("is_guessed", [False, True], ids=["alone", "while passwords are guessed"])
def test_no_page_after_a_mark_shows_the_state_before_it(
    apps: list[Flask], browsers: list[list[Browser]], path: str, is_guessed: bool
) -> None:
    def mark_and_look(thread: int) -> list[tuple[str, str]]:
        key, windows = KEYS[thread], browsers[thread]
        seen = []
        for turn in range(ROUNDS):
            status = ("done", "in_progress", "skipped")[turn % 3]
            marking, looking = windows[turn % 2], windows[(turn + turn // 2) % 2]
            answer = marking.post(f"{path}/milestones/{key}/progress", status=status)
            assert answer.status_code == 303
            seen.append((status, status_on(looking.get(path).text, key)))
        return seen

    with ThreadPoolExecutor(THREADS) as pool:
        if is_guessed:
            with guessing(apps):
                results = list(pool.map(mark_and_look, range(THREADS)))
        else:
            results = list(pool.map(mark_and_look, range(THREADS)))
    pairs = [pair for seen in results for pair in seen]
    assert len(pairs) == THREADS * ROUNDS
    assert [pair for pair in pairs if pair[0] != pair[1]] == []
