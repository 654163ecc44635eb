"""Making an account, with and without mail."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.config import SignUp
from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from tests.support.browsing import Browser, add_account
from tests.support.cast import NOON, PASSWORD
from tests.support.fixtures.web import SENDING, LendApp

LENA = {"name": "Lena", "email": "lena@example.org", "password": PASSWORD}


@pytest.fixture
def mailing(lend_app: LendApp) -> Browser:
    """A browser at an installation that sends mail."""
    return Browser(lend_app(**SENDING))


def people(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(User)) or 0


def last_link(session: Session) -> str:
    body = session.scalars(select(Mail.body).order_by(Mail.id.desc())).first()
    found = re.search(r"http://localhost(/\S+)", body or "")
    assert found is not None
    return found[1]


@pytest.mark.both_databases
def test_without_mail_it_signs_in_at_once(app: Flask, session: Session) -> None:
    browser = Browser(app)
    answer = browser.post("/register", **LENA)
    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.is_signed_in()
    assert session.scalars(select(User.email_confirmed_at)).one() is None


@pytest.mark.both_databases
def test_the_first_account_is_administrator_and_the_second_is_not(app: Flask, session: Session) -> None:
    Browser(app).post("/register", **LENA)
    Browser(app).post("/register", **{**LENA, "email": "otto@example.org"})
    assert session.scalars(select(User.is_admin).order_by(User.id)).all() == [True, False]


@pytest.mark.both_databases
def test_the_password_is_stored_as_argon2id_only(app: Flask, session: Session) -> None:
    Browser(app).post("/register", **LENA)
    assert session.scalars(select(User.password_hash)).one().startswith("$argon2id$")


def test_the_address_is_kept_in_lower_case(app: Flask, session: Session) -> None:
    Browser(app).post("/register", **{**LENA, "email": " Lena@Example.ORG "})
    assert session.scalars(select(User.email)).one() == "lena@example.org"


@pytest.mark.both_databases
def test_the_time_zone_is_optional(app: Flask, session: Session) -> None:
    Browser(app).post("/register", **LENA, time_zone="Europe/Berlin")
    Browser(app).post("/register", **{**LENA, "email": "otto@example.org"})
    assert session.scalars(select(User.time_zone).order_by(User.id)).all() == ["Europe/Berlin", "UTC"]


@pytest.mark.parametrize(
    "zone",
    ["Etc/Unknown", "Mars/Olympus", "undefined", "localtime", "../UTC", "Z" * 5000, "Europe/K\u00f6ln"],
)
def test_an_unknown_zone_of_the_browser_falls_back_to_the_installations(
    lend_app: LendApp, session: Session, zone: str
) -> None:
    browser = Browser(lend_app(time_zone="Asia/Tokyo"))
    assert browser.post("/register", **LENA, time_zone=zone).status_code == 303
    assert session.scalars(select(User.time_zone)).one() == "Asia/Tokyo"


def test_with_mail_an_unknown_zone_falls_back_too(lend_app: LendApp, session: Session) -> None:
    browser = Browser(lend_app(time_zone="Asia/Tokyo", **SENDING))
    browser.post("/register", **LENA, time_zone="Mars/Olympus")
    browser.post(last_link(session))
    assert session.scalars(select(User.time_zone)).one() == "Asia/Tokyo"


def test_a_taken_address_is_422_beside_its_field(app: Flask, session: Session) -> None:
    add_account(session, "Lena")
    answer = Browser(app).post("/register", **LENA)
    assert answer.status_code == 422
    assert "already an account with this address" in answer.text
    assert 'value="Lena"' in answer.text


def test_what_does_not_fit_is_422_with_the_reason(app: Flask, session: Session) -> None:
    for field, value, reason in (
        ("password", "fourteen chars", "at least 15 characters"),
        ("password", "x4" * 129, "at most 256 characters"),
        ("password", "password1234567", "too easy to guess"),
        ("password", "Lena Lena@example.org", "your name or email address"),
        ("email", "lena at example.org", "@-sign"),
        ("email", "", "This field is required"),
        ("name", "   ", "This field is required"),
        ("name", "Le\nna", "line breaks"),
        ("name", "L" * 101, "100"),
    ):
        answer = Browser(app).post("/register", **{**LENA, field: value})
        assert answer.status_code == 422, (field, value)
        assert reason in answer.text, (field, value)
        assert people(session) == 0, (field, value)


@pytest.mark.parametrize("sign_up", [SignUp.INVITED, SignUp.CLOSED])
def test_the_first_account_may_register_where_nobody_else_may(
    lend_app: LendApp, session: Session, sign_up: SignUp
) -> None:
    app = lend_app(sign_up=sign_up)
    assert Browser(app).get("/register").status_code == 200
    assert Browser(app).post("/register", **LENA).status_code == 303
    assert Browser(app).get("/register").status_code == 403
    assert Browser(app).post("/register", **{**LENA, "email": "otto@example.org"}).status_code == 403
    assert people(session) == 1


def test_with_mail_nothing_is_made_before_the_link_is_used(mailing: Browser, session: Session) -> None:
    answer = mailing.post("/register", **LENA)
    assert (answer.status_code, answer.location) == (303, "/login")
    assert "Check your email" in mailing.get("/login").text
    assert people(session) == 0


def test_opening_the_link_changes_nothing_and_its_button_signs_in(mailing: Browser, session: Session) -> None:
    mailing.post("/register", **LENA)
    link = last_link(session)
    assert [mailing.get(link).status_code for _ in range(3)] == [200] * 3
    assert people(session) == 0
    assert mailing.post(link).status_code == 303
    assert mailing.is_signed_in()
    assert session.scalars(select(User.is_admin)).one()
    assert session.scalars(select(User.email_confirmed_at)).one() is not None


def test_in_another_browser_the_password_is_chosen_anew(mailing: Browser, session: Session) -> None:
    """Whoever asked for the link may be a stranger, who must not know the password of the account."""
    mailing.post("/register", **LENA)
    link, lena = last_link(session), Browser(mailing.client.application)
    assert 'name="password"' not in mailing.get(link).text
    assert 'name="password"' in lena.get(link).text
    assert lena.post(link).status_code == 422
    assert "at least 15 characters" in lena.post(link, password="short").text
    assert people(session) == 0
    own = "seven herons cross the weir"
    assert lena.post(link, password=own).status_code == 303
    assert lena.is_signed_in()
    assert mailing.sign_in(LENA["email"], LENA["password"]).status_code == 422
    assert mailing.sign_in(LENA["email"], own).status_code == 303


def test_only_the_last_link_of_a_browser_needs_no_password(mailing: Browser, session: Session) -> None:
    mailing.post("/register", **LENA)
    link = last_link(session)
    mailing.post("/register", **LENA)
    assert 'name="password"' in mailing.get(link).text
    assert 'name="password"' not in mailing.get(last_link(session)).text


def test_the_cookie_does_not_tell_a_taken_address(mailing: Browser, session: Session) -> None:
    add_account(session, "Otto")
    stored = []
    for email in ("otto@example.org", "lena@example.org"):
        mailing.post("/register", **{**LENA, "email": email})
        with mailing.client.session_transaction() as cookie:
            stored.append({name: len(str(value)) for name, value in cookie.items() if name != "_flashes"})
    assert stored[0] == stored[1]
    assert stored[0]["registration"] == 64


def test_a_link_works_once(mailing: Browser, session: Session) -> None:
    mailing.post("/register", **LENA)
    link = last_link(session)
    mailing.post(link)
    assert (mailing.get(link).status_code, mailing.post(link).status_code) == (404, 404)


def test_with_mail_a_taken_address_gets_the_same_answer(mailing: Browser, session: Session) -> None:
    add_account(session, "Lena")
    answer = mailing.post("/register", **LENA)
    assert (answer.status_code, answer.location) == (303, "/login")
    assert "Check your email" in mailing.get("/login").text
    assert session.scalars(select(Mail.subject)).one() == "You already have a Roadmap account"


def test_of_two_links_for_one_address_the_second_finds_it_taken(mailing: Browser, session: Session) -> None:
    mailing.post("/register", **LENA)
    first = last_link(session)
    mailing.post("/register", **LENA)
    assert mailing.post(last_link(session)).status_code == 303
    assert mailing.post(first, password=LENA["password"]).status_code == 422
    assert people(session) == 1


def test_a_link_does_not_open_a_closed_installation(lend_app: LendApp, session: Session) -> None:
    browser = Browser(lend_app(sign_up=SignUp.CLOSED, **SENDING))
    browser.post("/register", **LENA)
    add_user_first(browser, session)
    assert browser.post(last_link(session)).status_code == 403


def add_user_first(browser: Browser, session: Session) -> None:
    browser.post("/register", **{**LENA, "email": "otto@example.org"})
    otto = last_link(session)
    assert browser.post(otto).status_code == 303
    session.execute(Mail.__table__.delete().where(Mail.recipient == "otto@example.org"))
    browser.post("/logout")


def test_a_link_is_too_old_after_two_days(mailing: Browser, session: Session) -> None:
    mailing.post("/register", **LENA)
    link = last_link(session)
    from roadmap.domain.accounts.sessions import Token

    session.execute(Token.__table__.update().values(expires_at=NOON))
    assert mailing.post(link).status_code == 404


def test_the_first_visitor_reads_that_they_become_administrator(app: Flask) -> None:
    sentence = "This account will be the administrator."
    browser = Browser(app)
    assert sentence in browser.get("/register").text
    assert sentence in browser.post("/register", **{**LENA, "password": "short"}).text
    browser.post("/register", **LENA)
    assert sentence not in Browser(app).get("/register").text


def test_the_rule_for_passwords_is_stated_before_the_first_try(app: Flask) -> None:
    page = Browser(app).get("/register").text
    assert 'aria-describedby="password-help"' in page
    assert "Common passwords, repetitions" in page
