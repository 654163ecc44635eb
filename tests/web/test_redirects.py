"""Where signing in leads: back to the page, never to another site."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from roadmap.web.redirects import safe_next
from tests.support.browsing import Browser, add_account
from tests.support.cast import PASSWORD

AWAY = (
    *("//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "http://evil.example/"),
    *("https:evil.example", "javascript:alert(1)", "/%2F/evil.example/..//", "/\t/evil.example"),
    *(" //evil.example", "//evil.example/settings", "/\n/evil.example", "//[", "evil.example", ""),
    *("/settings\r\nSet-Cookie: a=b", "http:///evil.example", "/nowhere", "/logout", "/static/roadmap.css"),
    *("/healthz", "/settings@evil.example", "///settings", "////settings"),
)


def test_no_target_leads_away(app: Flask) -> None:
    with app.test_request_context():
        assert {target: safe_next(target) for target in AWAY} == dict.fromkeys(AWAY, "/")


@pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "/logout"])
def test_signing_in_never_leads_away(app: Flask, session: Session, target: str) -> None:
    add_account(session, "Lena")
    browser = Browser(app)
    data = {"csrf_token": browser.token(), "email": "lena@example.org", "password": PASSWORD}
    answer = browser.client.post("/login", query_string={"next": target}, data=data)
    assert (answer.status_code, answer.location) == (303, "/")


@pytest.mark.parametrize("target", ["/settings", "/settings?a=b", "/roadmaps/ml-engineer?view=map"])
def test_signing_in_leads_back_to_the_page(app: Flask, session: Session, target: str) -> None:
    add_account(session, "Lena")
    browser = Browser(app)
    assert browser.get(target).status_code in {302, 404}
    data = {"csrf_token": browser.token(), "email": "lena@example.org", "password": PASSWORD}
    answer = browser.client.post("/login", query_string={"next": target}, data=data)
    assert answer.location == target


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40).map(lambda text: "/" + text) | st.text(max_size=40))
def test_whatever_next_says_the_answer_is_a_path_of_this_site(app: Flask, target: str) -> None:
    with app.test_request_context():
        found = safe_next(target)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))


def test_a_page_asks_to_sign_in_and_remembers_its_query(app: Flask) -> None:
    assert app.test_client().get("/settings?a=b").location == "/login?next=/settings?a%3Db"


@pytest.mark.parametrize(
    ("path", "referrer", "wanted"),
    [
        ("/settings/sessions", None, "/settings/sessions"),
        ("/settings/sessions", "http://localhost/settings", "/settings"),
        ("/settings/sessions", "http://evil.example/settings", "/settings/sessions"),
        ("/settings/sessions", "http://localhost/logout", "/settings/sessions"),
        ("/enrollments/x/milestones/y/progress", None, "/enrollments/x/milestones/y"),
        ("/enrollments/x/milestones/y/progress", "http://localhost/enrollments/x?filter=open", None),
    ],
)
def test_a_form_sent_by_a_visitor_leads_back_to_the_page_of_the_form(
    app: Flask, path: str, referrer: str | None, wanted: str | None
) -> None:
    headers = {"Referer": referrer} if referrer else {}
    answer = app.test_client().post(path, headers=headers)
    assert answer.status_code == 302
    expected = wanted or (referrer or "").removeprefix("http://localhost")
    assert answer.location == "/login?next=" + expected.replace("=", "%3D")
