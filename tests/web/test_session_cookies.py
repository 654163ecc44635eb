"""The session cookie: its attributes, and what odd bytes in it do."""

import time

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from itsdangerous import TimestampSigner
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder, run_wsgi_app

from roadmap.db.database import Database
from tests.support.browsing import Browser, add_account, browser_of
from tests.support.fixtures.web import LendApp
from tests.support.statements import counted_statements

PLAIN = "http://localhost"


def sent_cookies(app: Flask) -> list[str]:
    return Browser(app).sign_in("lena@example.org").headers.getlist("Set-Cookie")


def test_cookies_are_for_http_only_and_lax(app: Flask, session: Session) -> None:
    add_account(session)
    cookies = sent_cookies(app)
    assert [cookie.partition("=")[0] for cookie in cookies] == ["roadmap_session", "roadmap_state"]
    assert all("HttpOnly" in each and "SameSite=Lax" in each and "Path=/" in each for each in cookies)
    assert not any("Secure" in each or "Domain" in each for each in cookies)


def test_under_https_cookies_are_secure_and_bound_to_the_host(lend_app: LendApp, session: Session) -> None:
    add_account(session)
    browser = Browser(lend_app(base_url="https://localhost"))
    cookies = browser.sign_in("lena@example.org").headers.getlist("Set-Cookie")
    assert any(each.startswith("__Host-roadmap_session=") for each in cookies)
    assert all(each.startswith("__Host-") and "; Secure" in each for each in cookies)


def test_a_cookie_lasts_only_when_asked_to(app: Flask, session: Session) -> None:
    add_account(session)
    assert "Max-Age" not in sent_cookies(app)[0]
    remembered = Browser(app).sign_in("lena@example.org", remember="y").headers.getlist("Set-Cookie")[0]
    assert "Max-Age=7776000" in remembered


def test_a_state_cookie_seen_before_ends_with_the_longest_session(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of(app, session, add_account(session))
    data = {"csrf_token": browser.token(), "name": "L", "time_zone": "UTC"}
    assert browser.client.post("/settings", data=data).status_code == 303
    in_91_days = int(time.time()) + 91 * 86_400
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: in_91_days)
    assert browser.client.post("/settings", data=data).status_code == 400


def status_with_cookie(app: Flask, cookie: bytes) -> int:
    environ = EnvironBuilder(path="/settings", base_url=PLAIN).get_environ()
    environ["HTTP_COOKIE"] = cookie.decode("latin-1")
    return int(run_wsgi_app(app, environ)[1].split()[0])


@pytest.mark.parametrize("name", ["roadmap_session", "roadmap_state", "roadmap_theme", "remember_token"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.binary(max_size=80))
def test_random_bytes_in_a_cookie_sign_nobody_in(app: Flask, name: str, value: bytes) -> None:
    assert status_with_cookie(app, name.encode() + b"=" + value) == 302


def test_another_cookie_does_not_hide_the_session(app: Flask, session: Session) -> None:
    browser = browser_of(app, session, add_account(session))
    browser.client.set_cookie("remember_token", "1|00")
    assert browser.is_signed_in()


def test_a_page_costs_one_statement_for_the_session(app: Flask, session: Session, database: Database) -> None:
    browser = browser_of(app, session, add_account(session))
    with counted_statements(database) as statements:
        assert browser.get("/settings").status_code == 200
    assert len([each for each in statements if "JOIN sessions" in each]) == 1
    people = [each for each in statements if each.startswith("SELECT users.")]
    assert [each for each in people if "JOIN sessions" not in each] == []
