"""What every answer tells the browser, error pages included."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.browsing import Browser, add_account, browser_of
from tests.support.fixtures.web import LendApp

PATHS = ["/login", "/nowhere", "/settings", "/healthz"]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_loaded_from_elsewhere_or_inline(app: Flask, path: str) -> None:
    policy = app.test_client().get(path).headers["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("frame-ancestors") == rules.pop("base-uri") == "'none'"
    assert rules.pop("require-trusted-types-for") == "'script'"
    assert rules.pop("trusted-types") == "roadmap"
    assert set(rules.values()) == {"'self'"}


@pytest.mark.parametrize("path", PATHS)
def test_types_are_not_guessed_and_addresses_stay_here(app: Flask, path: str) -> None:
    headers = app.test_client().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_pages_of_a_person_are_not_stored(app: Flask, session: Session) -> None:
    browser = browser_of(app, session, add_account(session))
    for path in ("/settings", "/nowhere", "/enrollments/x", "/admin"):
        assert browser.get(path).headers["Cache-Control"] == "no-store", path


@pytest.mark.parametrize("path", ["/register", "/password/reset", "/address", "/invitations"])
def test_pages_whose_address_is_a_secret_are_not_stored(app: Flask, path: str) -> None:
    assert app.test_client().get(f"{path}/secret").headers["Cache-Control"] == "no-store"


def test_a_broken_page_has_the_headers_too(app: Flask) -> None:
    app.view_functions["passwords.new"] = lambda: 1 / 0
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/password/forgotten")
    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "ZeroDivision" not in answer.text


def test_the_log_of_a_broken_page_keeps_no_mailed_link(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.view_functions["passwords.edit"] = lambda token: 1 / 0
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert app.test_client().get("/password/reset/very-secret").status_code == 500
    assert "/password/reset/***" in caplog.text
    assert "very-secret" not in caplog.text


def test_a_path_writes_no_line_of_its_own_into_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.view_functions["roadmaps.show"] = lambda slug: 1 / 0
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert app.test_client().get("/roadmaps/x%0AFORGED").status_code == 500
    assert "FORGED" in caplog.text
    assert "\nFORGED" not in caplog.text


def test_https_is_kept_to(lend_app: LendApp) -> None:
    app = lend_app(base_url="https://roadmap.example.org")
    assert app.test_client().get("/login").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_pages_hold_nothing_inline(app: Flask, session: Session) -> None:
    browser = browser_of(app, session, add_account(session, is_admin=True))
    for path in ("/settings", "/settings/sessions", "/admin", "/admin/audits", "/nowhere", "/help"):
        page = browser.get(path).text
        assert " style=" not in page, path
        assert "<style" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script type="module" src=')


def test_pages_are_compressed_from_one_kilobyte_on(app: Flask) -> None:
    client = app.test_client()
    packed = client.get("/login", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in client.get("/login").headers
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


def test_a_visitor_behind_a_trusted_proxy_has_an_own_address(lend_app: LendApp) -> None:
    app = lend_app(proxies=1, base_url="http://roadmap.example.org")
    answer = app.test_client().get("/settings", headers={"X-Forwarded-For": "192.0.2.7"})
    assert answer.status_code == 302
    assert Browser(app).get("/login").status_code == 200
