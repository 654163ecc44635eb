"""How often one may try: per account and per network address; parallel requests cannot outrun it."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from limits.storage import MemoryStorage
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.app import create_app
from roadmap.clock import now
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.sessions import Attempt
from roadmap.domain.errors import TooMany
from roadmap.operations.accounts.login_attempts import (
    AT_ONE_ACCOUNT,
    FROM_ONE_ADDRESS,
    AttemptLimit,
    add_attempts,
    at_account,
)
from roadmap.operations.accounts.passwords import start_reset
from roadmap.passwords import Passwords
from roadmap.web.access import Access
from roadmap.web.access_table import ACCESS
from roadmap.web.limits.rate_limits import LIMITS, RateLimits
from tests.support.browsing import Browser, add_account, browser_of

pytestmark = pytest.mark.both_databases

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WRONG = "not the right words at all"


def fail(
    session: Session, times: int, email: str = "lena@example.org", *, at: datetime | None = None
) -> None:
    """So many attempts at an account, each recorded as signing in records it."""
    limits = at_account(email), AttemptLimit("address", "127.0.0.1", FROM_ONE_ADDRESS)
    for _ in range(times):
        add_attempts(session, limits, at=at or now())
    session.commit()


def statuses(browser: Browser, times: int, email: str = "lena@example.org") -> list[int]:
    return [browser.sign_in(email, WRONG).status_code for _ in range(times)]


@pytest.mark.parametrize("email", ["lena@example.org", "nobody@example.org"])
def test_one_account_is_closed_after_ten_failures_known_or_not(
    app: Flask, session: Session, email: str
) -> None:
    add_account(session, "Lena")
    browser = Browser(app)
    assert statuses(browser, AT_ONE_ACCOUNT, email) == [422] * AT_ONE_ACCOUNT
    answer = browser.sign_in(email, WRONG)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60 + 1
    assert f'value="{email}"' in answer.text


def test_the_right_password_does_not_pass_a_closed_account(app: Flask, session: Session) -> None:
    add_account(session, "Lena")
    fail(session, AT_ONE_ACCOUNT)
    assert Browser(app).sign_in("lena@example.org").status_code == 429


def test_a_closed_account_opens_a_window_later(app: Flask, session: Session) -> None:
    add_account(session, "Lena")
    browser = Browser(app)
    with time_machine.travel(START, tick=False) as clock:
        fail(session, AT_ONE_ACCOUNT, at=START)
        clock.shift(timedelta(minutes=14))
        assert browser.sign_in("lena@example.org").status_code == 429
        clock.shift(timedelta(minutes=1, seconds=1))
        assert browser.sign_in("lena@example.org").status_code == 303


def test_coming_in_forgets_the_failures(app: Flask, session: Session) -> None:
    add_account(session, "Lena")
    browser = Browser(app)
    fail(session, AT_ONE_ACCOUNT - 1)
    browser.sign_in("lena@example.org")
    browser.post("/logout")
    fail(session, AT_ONE_ACCOUNT - 1)
    assert statuses(browser, 2) == [422, 429]


def test_a_reset_link_opens_a_closed_account(app: Flask, session: Session) -> None:
    lena, browser = add_account(session, "Lena"), Browser(app)
    fail(session, AT_ONE_ACCOUNT)
    link = start_reset(session, lena, by=None, at=now(), base_url="", mails=False)
    session.commit()
    browser.post(link, password="an otter under the old bridge")
    assert browser.sign_in("lena@example.org", "an otter under the old bridge").status_code == 303


def test_one_network_address_is_closed_after_fifty_failures(app: Flask, session: Session) -> None:
    for number in range(FROM_ONE_ADDRESS - 1):
        fail(session, 1, f"p{number}@example.org")
    browser = Browser(app)
    assert statuses(browser, 1, "next@example.org") == [422]
    assert statuses(browser, 1, "another@example.org") == [429]


def test_a_refused_attempt_is_not_hashed_and_not_counted(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(session, AT_ONE_ACCOUNT)
    monkeypatch.setattr(Passwords, "matches", lambda *_: pytest.fail("hashed"))
    assert Browser(app).sign_in("lena@example.org", WRONG).status_code == 429
    assert session.scalar(select(func.count()).select_from(Attempt)) == 2 * AT_ONE_ACCOUNT


def test_attempts_are_rows_and_survive_a_restart(
    config: Config, database: Database, session: Session
) -> None:
    fail(session, AT_ONE_ACCOUNT - 1)
    answers = [statuses(Browser(create_app(config, database)), 1) for _ in range(2)]
    assert answers == [[422], [429]]


def test_parallel_attempts_cannot_outrun_the_limit(config: Config, real_database: Database) -> None:
    app = create_app(replace(config, database_url=str(real_database.url)), real_database)
    hashed: list[int] = []
    app.extensions["passwords"].matches = lambda *_: hashed.append(1) or False
    browsers = [Browser(app) for _ in range(4)]
    threads = [threading.Thread(target=statuses, args=(each, 6)) for each in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 0 < len(hashed) <= AT_ONE_ACCOUNT


def test_a_wrong_present_password_counts_too(app: Flask, session: Session) -> None:
    browser = browser_of(app, session, add_account(session, "Lena"))
    data = {"password": "wrong", "new_password": "an otter under the old bridge"}
    fail(session, AT_ONE_ACCOUNT - 1)
    assert [browser.post("/settings/password", **data).status_code for _ in range(2)] == [422, 429]


def test_mail_to_one_address_is_limited(app: Flask, session: Session) -> None:
    browser = Browser(app)
    found = [browser.post("/password/forgotten", email="lena@example.org").status_code for _ in range(6)]
    assert found == [303] * 5 + [429]


def test_costly_routes_are_limited_for_each_network_address(app: Flask) -> None:
    limits = RateLimits()
    for _ in range(60):
        limits.hit("sign_ins.create", "192.0.2.1")
    with pytest.raises(TooMany, match="Too many requests"):
        limits.hit("sign_ins.create", "192.0.2.1")
    limits.hit("sign_ins.create", "192.0.2.2")
    limits.hit("profiles.edit", "192.0.2.1")


def test_limits_go_on_in_the_process_when_redis_is_gone(caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("redis")
    limits = RateLimits("valkey://127.0.0.1:1")
    assert not limits.storage_answers()
    for _ in range(60):
        limits.hit("sign_ins.create", "192.0.2.1")
    with pytest.raises(TooMany, match="Too many requests"):
        limits.hit("sign_ins.create", "192.0.2.1")
    assert caplog.text.count("does not respond") == 1


def test_redis_that_hangs_costs_one_request_a_second() -> None:
    pytest.importorskip("redis")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        limits = RateLimits(f"redis://127.0.0.1:{silent.getsockname()[1]}")
        begun = time.monotonic()
        for _ in range(5):
            limits.hit("sign_ins.create", "192.0.2.1")
    assert time.monotonic() - begun < 4


def test_threads_count_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, most = [], []

    def count(*_: object, **__: object) -> int:
        at_once.append(1)
        most.append(len(at_once))
        time.sleep(0.002)
        at_once.pop()
        return 1

    monkeypatch.setattr(MemoryStorage, "incr", count)
    limits = RateLimits()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: limits.hit("sign_ins.create", "192.0.2.1"), range(8)))
    assert most == [1] * 8


def test_whatever_takes_a_secret_from_an_address_is_limited() -> None:
    secret = {endpoint for (_, endpoint), access in ACCESS.items() if access in {Access.LINK, Access.INVITED}}
    assert secret <= LIMITS.keys()


@pytest.mark.parametrize("endpoint", ["searches.show", "invitations.create", "invitations.update"])
def test_what_costs_time_or_sends_mail_to_others_is_limited(endpoint: str) -> None:
    limits = RateLimits()
    with pytest.raises(TooMany):
        for _ in range(500):
            limits.hit(endpoint, "192.0.2.1")
