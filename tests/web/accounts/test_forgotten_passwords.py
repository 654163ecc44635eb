"""A forgotten password: the link never reaches the person asking, works once, ends all sessions."""

import re

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.sessions import Token
from roadmap.domain.accounts.users import User
from tests.support.browsing import Browser, add_account, browser_of
from tests.support.cast import NOON, PASSWORD

NEW = "an otter under the old bridge"


@pytest.fixture
def lena(session: Session) -> User:
    return add_account(session, "Lena")


def asked(app: Flask, session: Session) -> str:
    """Ask for a reset and return the path of the link."""
    Browser(app).post("/password/forgotten", email="lena@example.org")
    body = session.scalars(select(Mail.body).order_by(Mail.id.desc())).first()
    found = re.search(r"http://localhost(/password/reset/\S+)", body or "")
    assert found is not None
    return found[1]


def test_the_answer_does_not_tell_whether_there_is_an_account(app: Flask, lena: User) -> None:
    pages = []
    for email in ("lena@example.org", "otto@example.org"):
        browser = Browser(app)
        answer = browser.post("/password/forgotten", email=email)
        assert (answer.status_code, answer.location) == (303, "/login")
        pages.append(re.sub(r'(content|value)="[^"]+\.[^"]+"', "", browser.get("/login").text))
    assert pages[0] == pages[1]


@pytest.mark.both_databases
def test_the_link_is_not_shown_to_the_person_asking(app: Flask, session: Session, lena: User) -> None:
    browser = Browser(app)
    browser.post("/password/forgotten", email="lena@example.org")
    assert "/password/reset/" not in browser.get("/login").text
    assert "/password/reset/" in session.scalars(select(Mail.body)).one()


def test_a_stranger_gets_no_mail(app: Flask, session: Session, lena: User) -> None:
    Browser(app).post("/password/forgotten", email="otto@example.org")
    assert session.scalars(select(Mail)).all() == []


def test_a_disabled_person_gets_no_mail(app: Flask, session: Session, lena: User) -> None:
    lena.disabled_at = NOON
    Browser(app).post("/password/forgotten", email="lena@example.org")
    assert session.scalars(select(Mail)).all() == []


def test_the_link_sets_a_new_password_and_ends_all_sessions(app: Flask, session: Session, lena: User) -> None:
    elsewhere = browser_of(app, session, lena)
    link, browser = asked(app, session), Browser(app)
    assert browser.get(link).status_code == 200
    assert browser.post(link, password=NEW).location == "/login"
    assert not elsewhere.is_signed_in()
    assert browser.sign_in("lena@example.org", PASSWORD).status_code == 422
    assert browser.sign_in("lena@example.org", NEW).status_code == 303


def test_looking_at_the_link_does_not_use_it_up(app: Flask, session: Session, lena: User) -> None:
    link, browser = asked(app, session), Browser(app)
    for _ in range(3):
        browser.get(link)
        browser.client.head(link)
    assert browser.post(link, password=NEW).status_code == 303
    assert browser.post(link, password=NEW).status_code == 404


def test_a_weak_password_keeps_the_link(app: Flask, session: Session, lena: User) -> None:
    link, browser = asked(app, session), Browser(app)
    answer = browser.post(link, password="too short")
    assert answer.status_code == 422
    assert "15 characters" in answer.text
    assert browser.post(link, password=NEW).status_code == 303


@pytest.mark.both_databases
def test_the_row_keeps_only_the_hash_of_the_link(app: Flask, session: Session, lena: User) -> None:
    secret = asked(app, session).rpartition("/")[2]
    assert len(secret) >= 43
    assert secret != session.scalars(select(Token.token_hash)).one()


def test_a_link_for_another_purpose_does_not_open_this_page(app: Flask, session: Session, lena: User) -> None:
    link = asked(app, session).replace("/password/reset/", "/address/")
    assert Browser(app).get(link).status_code == 404
    assert Browser(app).post(link).status_code == 404


@pytest.mark.both_databases
def test_a_link_is_too_old_after_two_hours(app: Flask, session: Session, lena: User) -> None:
    link = asked(app, session)
    session.execute(update(Token).values(expires_at=NOON))
    assert Browser(app).post(link, password=NEW).status_code == 404


def test_disabling_makes_the_link_useless(app: Flask, session: Session, lena: User) -> None:
    link = asked(app, session)
    lena.disabled_at = NOON
    assert Browser(app).post(link, password=NEW).status_code == 404


@pytest.mark.both_databases
def test_asking_and_setting_are_in_the_audit_log_and_the_person_is_told(
    app: Flask, session: Session, lena: User
) -> None:
    Browser(app).post(asked(app, session), password=NEW)
    kinds = session.scalars(select(Audit.kind).where(Audit.subject_id == lena.id)).all()
    assert {AuditKind.PASSWORD_RESET_ASKED, AuditKind.PASSWORD_CHANGED} <= set(kinds)
    assert "Your Roadmap password was changed" in session.scalars(select(Mail.subject)).all()
