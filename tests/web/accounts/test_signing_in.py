"""Signing in and out, and the sessions behind it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.sessions import SignIn
from roadmap.domain.accounts.users import User
from roadmap.passwords import Passwords
from tests.support.browsing import Browser, add_account
from tests.support.cast import PASSWORD

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def lena(session: Session) -> User:
    return add_account(session, "Lena")


@pytest.fixture
def browser(app: Flask, lena: User) -> Browser:
    return Browser(app)


def test_the_right_password_signs_in_and_leads_to_the_start(browser: Browser) -> None:
    answer = browser.sign_in("Lena@Example.org ")
    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.is_signed_in()


def test_a_wrong_password_is_422_and_keeps_the_address(browser: Browser) -> None:
    answer = browser.sign_in("lena@example.org", "not the right words at all")
    assert answer.status_code == 422
    assert 'value="lena@example.org"' in answer.text
    assert "not the right words" not in answer.text
    assert not browser.is_signed_in()


def test_an_unknown_address_gets_the_same_answer_as_a_wrong_password(browser: Browser) -> None:
    def shape(answer: str) -> str:
        return answer.replace("otto@", "lena@").replace(browser.token(), "")

    wrong = browser.sign_in("lena@example.org", "not the right words at all").text
    unknown = browser.sign_in("otto@example.org", "not the right words at all").text
    assert [line for line in shape(wrong).splitlines() if "csrf" not in line] == [
        line for line in shape(unknown).splitlines() if "csrf" not in line
    ]


def test_an_unknown_address_costs_a_hash_too(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(Passwords, "matches", lambda _, stored, given: asked.append(stored) or False)
    browser.sign_in("otto@example.org")
    assert asked == [None]


def test_nobody_matches_no_password() -> None:
    assert not Passwords("cheap").matches(None, "")


def test_a_disabled_person_cannot_sign_in(browser: Browser, lena: User, session: Session) -> None:
    lena.disabled_at = START
    session.commit()
    assert browser.sign_in("lena@example.org").status_code == 422


def test_disabling_ends_a_running_session(browser: Browser, lena: User, session: Session) -> None:
    browser.sign_in("lena@example.org")
    lena.disabled_at = START
    session.commit()
    assert not browser.is_signed_in()


@pytest.mark.both_databases
def test_the_row_keeps_only_the_hash_of_the_secret(browser: Browser, session: Session) -> None:
    browser.sign_in("lena@example.org")
    secret = browser.secret()
    assert secret is not None
    assert len(secret) >= 43
    assert session.scalars(select(SignIn.token_hash)).one() != secret


def test_signing_out_ends_the_session_on_the_server(browser: Browser, session: Session) -> None:
    browser.sign_in("lena@example.org")
    secret = browser.secret()
    assert browser.post("/logout").status_code == 303
    assert browser.secret() is None
    browser.client.set_cookie("roadmap_session", secret or "")
    assert not browser.is_signed_in()


def test_signing_in_makes_a_new_session_and_a_new_csrf_token(browser: Browser) -> None:
    before = browser.token()
    browser.sign_in("lena@example.org")
    first = browser.secret()
    assert browser.client.post("/logout", data={"csrf_token": before}).status_code == 400
    browser.post("/logout")
    browser.sign_in("lena@example.org")
    assert browser.secret() != first


@pytest.mark.parametrize("second", ["Lena", "Otto"])
def test_signing_in_again_ends_the_session_before(browser: Browser, session: Session, second: str) -> None:
    add_account(session, "Otto")
    browser.sign_in("lena@example.org")
    first = browser.secret()
    assert browser.sign_in(f"{second.lower()}@example.org").status_code == 303
    assert browser.is_signed_in()
    browser.client.set_cookie("roadmap_session", first or "")
    assert not browser.is_signed_in()
    kinds = session.scalars(select(Audit.kind).order_by(Audit.id)).all()
    assert kinds == [AuditKind.SIGNED_IN, AuditKind.SIGNED_OUT, AuditKind.SIGNED_IN]


def test_a_failed_sign_in_ends_no_session(browser: Browser) -> None:
    browser.sign_in("lena@example.org")
    assert browser.sign_in("lena@example.org", "not the right words at all").status_code == 422
    assert browser.is_signed_in()


@pytest.mark.parametrize(("remember", "idle"), [("", timedelta(hours=12)), ("y", timedelta(days=30))])
def test_a_session_ends_when_nobody_uses_it(browser: Browser, remember: str, idle: timedelta) -> None:
    with time_machine.travel(START, tick=False) as now:
        browser.sign_in("lena@example.org", remember=remember)
        now.shift(idle - timedelta(seconds=1))
        assert browser.is_signed_in()
        now.shift(idle + timedelta(seconds=1))
        assert not browser.is_signed_in()


def test_no_session_lives_longer_than_ninety_days(browser: Browser) -> None:
    with time_machine.travel(START, tick=False) as now:
        browser.sign_in("lena@example.org", remember="y")
        for _ in range(3):
            now.shift(timedelta(days=29, hours=23))
            assert browser.is_signed_in()
        now.shift(timedelta(hours=4))
        assert not browser.is_signed_in()


@pytest.mark.both_databases
def test_last_seen_is_written_at_most_once_a_minute(browser: Browser, session: Session) -> None:
    with time_machine.travel(START, tick=False) as now:
        browser.sign_in("lena@example.org")
        now.shift(59)
        browser.get("/settings")
        assert session.scalars(select(SignIn.last_seen_at)).one() == START
        now.shift(1)
        browser.get("/settings")
        assert session.scalars(select(SignIn.last_seen_at)).one() == START + timedelta(minutes=1)


def test_a_hash_at_another_cost_is_made_anew(browser: Browser, lena: User, session: Session) -> None:
    lena.password_hash = Passwords("standard").hash(PASSWORD)
    session.commit()
    assert browser.sign_in("lena@example.org").status_code == 303
    session.refresh(lena)
    assert "m=8,t=1" in lena.password_hash
    assert browser.is_signed_in()


@pytest.mark.both_databases
def test_sign_ins_and_failures_are_in_the_audit_log(browser: Browser, session: Session, lena: User) -> None:
    browser.sign_in("lena@example.org", "not the right words at all")
    browser.sign_in("lena@example.org")
    entries = session.execute(select(Audit.kind, Audit.subject_id, Audit.address).order_by(Audit.id)).all()
    assert entries == [
        (AuditKind.SIGN_IN_FAILED, lena.id, "127.0.0.1"),
        (AuditKind.SIGNED_IN, lena.id, "127.0.0.1"),
    ]


def test_an_odd_browser_and_a_long_address_can_sign_in(browser: Browser, session: Session) -> None:
    odd = {"HTTP_USER_AGENT": "a\0b\x1b" + "c" * 500, "REMOTE_ADDR": "x" * 500}
    data = {"csrf_token": browser.token(), "email": "lena@example.org", "password": PASSWORD}
    assert browser.client.post("/login", data=data, environ_overrides=odd).status_code == 303
    assert session.scalars(select(SignIn.agent)).one() == "ab" + "c" * 198


def test_whoever_is_signed_in_goes_on_from_the_form(browser: Browser) -> None:
    browser.sign_in("lena@example.org")
    assert browser.get("/login?next=/settings").location == "/settings"


def test_the_form_suits_password_managers(browser: Browser) -> None:
    page = browser.get("/login").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
