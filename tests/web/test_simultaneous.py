"""Two at once: on real databases, with threads."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.app import create_app
from roadmap.clock import now
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.sessions import LinkGone
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Invalid
from roadmap.operations.accounts.accounts import create_account
from roadmap.operations.accounts.passwords import reset_password, start_reset
from roadmap.operations.accounts.users import delete_user, disable_user, end_admin
from tests.support.browsing import Browser, add_account
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.both_databases


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run them in threads that start together; what they return or raise."""
    results: list[Any] = [None] * len(tasks)
    start = threading.Barrier(len(tasks))

    def run(index: int, task: Callable[[], Any]) -> None:
        start.wait(10)
        try:
            results[index] = task()
        except Exception as problem:  # noqa: BLE001 - handed to the test
            results[index] = problem

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.fixture
def app(config: Config, real_database: Database) -> Flask:
    return create_app(config, real_database)


def registering(app: Flask, name: str) -> Callable[[], int]:
    browser = Browser(app)
    fields = {
        "name": name,
        "email": f"{name}@example.org",
        "password": PASSWORD,
        "csrf_token": browser.token(),
    }
    return lambda: browser.client.post("/register", data=fields).status_code


def test_of_four_simultaneous_first_accounts_one_is_administrator(
    app: Flask, real_database: Database
) -> None:
    assert at_once(*(registering(app, name) for name in ("lena", "milo", "otto", "ada"))) == [303] * 4
    with real_database.reading() as session:
        assert sorted(session.scalars(select(User.is_admin))) == [False, False, False, True]


def make(database: Database, email: str, *, is_open: bool = True) -> None:
    with database.writing() as session:
        create_account(
            session, email=email, name="N", password_hash="!", time_zone="UTC", is_open=is_open, at=now()
        )
        session.commit()


def test_two_accounts_with_one_address_are_one(real_database: Database) -> None:
    results = at_once(*[lambda: make(real_database, "lena@example.org")] * 2)
    assert sorted(type(each) for each in results if each) == [Invalid]


def test_of_two_firsts_where_sign_up_is_closed_one_is_refused(real_database: Database) -> None:
    tasks = [lambda name=name: make(real_database, f"{name}@example.org", is_open=False) for name in "ab"]
    assert [str(each) for each in at_once(*tasks) if each] == [
        "Sign-up is closed here. Ask the administrator for an account."
    ]


@pytest.mark.parametrize("operation", [end_admin, disable_user, delete_user])
def test_two_administrators_cannot_remove_each_other(real_database: Database, operation: Any) -> None:
    with real_database.writing() as session:
        names = [add_account(session, name, is_admin=True).name for name in ("Ada", "Bea")]
        session.commit()

    def remove(name: str) -> None:
        with real_database.writing() as session:
            user = session.scalars(select(User).where(User.name == name)).one()
            operation(session, user, by=None, at=now())
            session.commit()

    results = at_once(*(lambda name=name: remove(name) for name in names))
    assert [type(each) for each in results if each] == [Conflict]


def test_a_link_used_twice_at_once_works_once(real_database: Database) -> None:
    with real_database.writing() as session:
        lena = add_account(session, "Lena")
        url = start_reset(session, lena, by=None, at=now(), base_url="", mails=False)
        session.commit()

    def use() -> None:
        with real_database.writing() as session:
            reset_password(session, url.rpartition("/")[2], "!", at=now(), base_url="")
            session.commit()

    assert [type(each) for each in at_once(use, use) if each] == [LinkGone]
