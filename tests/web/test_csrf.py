"""A missing, forged or stale CSRF token: 400 with the form, what was typed, and a fresh token."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.web.redirects import is_own_page
from tests.support.browsing import TOKEN, Browser, add_account, browser_of
from tests.support.cast import PASSWORD
from tests.support.fixtures.web import LendApp


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    add_account(session, "Ada", is_admin=True)
    return browser_of(app, session, add_account(session, "Lena"))


def forged(browser: Browser) -> str:
    return browser.token()[:-4] + "AAAA"


def of_another(browser: Browser) -> str:
    return Browser(browser.client.application).token()


@pytest.mark.parametrize("make", [lambda _: "", lambda _: "x", forged, of_another])
def test_a_bad_token_is_400_and_changes_nothing(browser: Browser, session: Session, make: object) -> None:
    token = make(browser)
    answer = browser.client.post("/settings", data={"csrf_token": token, "name": "Eve", "time_zone": "UTC"})
    assert answer.status_code == 400
    assert "Eve" not in session.scalars(select(User.name)).all()


def test_the_typed_text_comes_back_with_a_fresh_token(browser: Browser, session: Session) -> None:
    typed = 'A <b>long</b> "text"\nwith two lines'
    page = browser.client.post("/settings", data={"name": "Lena", "time_zone": "UTC", "note": typed}).text
    assert "A &lt;b&gt;long&lt;/b&gt; &#34;text&#34;\nwith two lines</textarea>" in page
    fresh = re.findall(r'name="csrf_token" value="([^"]+)"', page)
    data = {"csrf_token": fresh[-1], "name": "L", "time_zone": "UTC"}
    assert browser.client.post("/settings", data=data).status_code == 303
    assert "L" in session.scalars(select(User.name)).all()


def test_what_the_form_carried_unseen_stays_unseen(browser: Browser) -> None:
    page = browser.client.post("/settings", data={"note": "Typed", "version": "7"}).text
    assert '<input type="hidden" name="version" value="7">' in page
    assert ">Version<" not in page


def test_the_form_goes_to_the_same_address_again(app: Flask, session: Session) -> None:
    browser = Browser(app)
    page = browser.client.post("/login?next=/settings", data={"email": "lena@example.org"}).text
    assert 'action="/login?next=/settings"' in page


def test_a_password_is_asked_for_again_and_never_shown(browser: Browser) -> None:
    page = browser.client.post(
        "/settings/password", data={"password": PASSWORD, "new_password": PASSWORD}
    ).text
    assert PASSWORD not in page
    assert page.count('type="password"') == 2


def test_a_token_from_before_signing_in_is_stale(app: Flask, session: Session) -> None:
    add_account(session, "Lena")
    browser = Browser(app)
    stale = browser.token()
    browser.sign_in("lena@example.org")
    data = {"csrf_token": stale, "name": "Eve", "time_zone": "UTC"}
    assert browser.client.post("/settings", data=data).status_code == 400


def test_the_token_may_come_in_a_header(browser: Browser) -> None:
    headers = {"X-CSRFToken": browser.token()}
    answer = browser.client.post("/settings", data={"name": "L", "time_zone": "UTC"}, headers=headers)
    assert answer.status_code == 303


def test_a_token_lives_as_long_as_the_session(app: Flask) -> None:
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None
    assert app.config["PERMANENT_SESSION_LIFETIME"].days >= 90


def test_there_is_one_token_for_scripts_on_a_page(browser: Browser) -> None:
    assert len(TOKEN.findall(browser.get("/settings").text)) == 1


def test_every_form_post_asks_for_a_token(app: Flask, browser: Browser, session: Session) -> None:
    admin = browser_of(app, session, session.scalars(select(User).where(User.name == "Ada")).one())
    routes = [rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    for rule in routes:
        person = admin if rule.startswith("/admin") else browser
        assert person.client.post(re.sub(r"<[^>]+>", "1", rule)).status_code == 400, rule
    assert len(routes) > 40
    assert sum(rule.startswith("/admin") for rule in routes) >= 4


def test_no_get_asks_for_one(browser: Browser) -> None:
    assert browser.get("/settings").status_code == 200


DATA = {"name": "L", "time_zone": "UTC"}


def test_a_token_found_good_before_is_not_good_for_another_session(
    app: Flask, browser: Browser, session: Session
) -> None:
    data = DATA | {"csrf_token": browser.token()}
    otto = browser_of(app, session, add_account(session, "Otto"))
    otto.token()
    assert [each.client.post("/settings", data=data).status_code for each in (browser, browser)] == [303, 303]
    assert otto.client.post("/settings", data=data).status_code == 400


def test_under_https_a_token_found_good_before_still_has_to_come_from_here(browser: Browser) -> None:
    data, here = DATA | {"csrf_token": browser.token()}, "https://localhost"
    pages = (f"{here}/settings", f"{here}/settings", "https://localhost.example/", "")
    answers = [
        browser.client.post("/settings", base_url=here, data=data, headers={"Referer": page})
        for page in pages
    ]
    assert [each.status_code for each in answers] == [303, 303, 400, 400]


ADDRESS = "https://roadmap.example.org:8443"


HERE = {"Referer": f"{ADDRESS}/register"}


@pytest.mark.parametrize(
    ("host", "headers", "status"),
    [
        ("127.0.0.1:8000", HERE, 303),
        ("127.0.0.1:8000", {"Origin": ADDRESS}, 303),
        ("127.0.0.1:8000", {"Referer": "https://evil.example/", "Origin": ADDRESS}, 400),
        ("127.0.0.1:8000", {"Referer": f"{ADDRESS}.evil.example/"}, 400),
        ("127.0.0.1:8000", {"Origin": "null"}, 400),
        ("127.0.0.1:8000", {}, 400),
        # Whatever name the proxy gives to this machine, the address people use decides.
        ("roadmap.example.org", HERE, 303),
        ("roadmap.example.org", {}, 400),
        ("roadmap.example.org:8443", HERE, 303),
        ("roadmap.example.org:8443", {}, 400),
    ],
)
def test_behind_a_proxy_a_form_has_to_come_from_the_address_people_use(
    lend_app: LendApp, host: str, headers: dict[str, str], status: int
) -> None:
    client, seen = (
        lend_app(base_url=ADDRESS, proxies=1).test_client(),
        {"Host": host, "X-Forwarded-Proto": "https"},
    )
    token = TOKEN.search(client.get("/register", headers=seen).text)
    assert token is not None
    data = {"csrf_token": token[1], "name": "Ana", "email": "ana@example.org", "time_zone": "UTC"}
    answer = client.post("/register", data=data | {"password": PASSWORD}, headers=seen | headers)
    assert answer.status_code == status
    if status == 400:
        assert ADDRESS in answer.text
        assert "open too long" not in answer.text
        assert "ana@example.org" not in answer.text


@pytest.mark.parametrize(("scheme", "port"), [("https", 443), ("http", 80)])
def test_the_usual_port_may_be_named_or_not(app: Flask, scheme: str, port: int) -> None:
    with app.test_request_context(base_url=f"{scheme}://roadmap.example.org"):
        assert is_own_page(f"{scheme}://roadmap.example.org:{port}/settings")
        assert not is_own_page(f"{scheme}://roadmap.example.org:1{port}/settings")


def test_a_stale_form_does_not_speak_of_addresses(browser: Browser) -> None:
    page = browser.client.post("/settings", data={"name": "Lena"}).text
    assert "open too long" in page
    assert "ROADMAP_BASE_URL" not in page
