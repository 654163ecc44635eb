"""Mails to addresses that nobody has confirmed contain nothing that a stranger typed."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Mail
from tests.support.browsing import Browser, add_account, browser_of
from tests.support.cast import PASSWORD
from tests.support.fixtures.web import SENDING, LendApp

WORDS = [
    "Win 900 EUR at https://prize.example/now",
    "prize.example",
    "Call +49 30 1234567",
    "Zoë O'Brien, Jr.",
]
VICTIM = "victim@example.net"


@pytest.fixture
def mailing(lend_app: LendApp) -> Flask:
    """An installation that sends mail."""
    return lend_app(**SENDING)


def mailed(session: Session) -> str:
    """Subject and body of the one mail to the victim."""
    mail = session.scalars(select(Mail).where(Mail.recipient == VICTIM)).one()
    return f"{mail.subject}\n{mail.body}"


@pytest.mark.parametrize("name", WORDS)
def test_the_mail_that_confirms_a_registration(mailing: Flask, session: Session, name: str) -> None:
    Browser(mailing).post("/register", name=name, email=VICTIM, password=PASSWORD)
    text = mailed(session)
    assert "http://localhost/register/" in text
    assert name not in text


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("path", ["/settings/address", "/mentoring/invitations"])
def test_the_mails_that_somebody_signed_in_can_send_to_anybody(
    mailing: Flask, session: Session, name: str, path: str
) -> None:
    lena = add_account(session, "Lena")
    lena.name = name
    browser = browser_of(mailing, session, lena)
    fields = {"email": VICTIM, "password": PASSWORD, "as": "mentor", "roadmap": ""}
    assert browser.post(path, **fields).status_code == 303
    text = mailed(session)
    assert "http://localhost/" in text
    assert name not in text


def test_an_invitation_names_the_address_of_its_inviter(mailing: Flask, session: Session) -> None:
    add_account(session, "Lena")
    browser = Browser(mailing)
    browser.sign_in("lena@example.org")
    browser.post("/mentoring/invitations", **{"email": VICTIM, "as": "learner", "roadmap": ""})
    assert "lena@example.org offers to be your mentor" in mailed(session)
