"""Sign-up by invitation: who may, with which address, and where it leads."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.config import SignUp
from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import Installation, User
from roadmap.domain.mentoring.invitations import Invitation, InvitedAs
from roadmap.operations.mentoring.invitations import invite, withdraw_invitation
from tests.support.browsing import Browser, add_account
from tests.support.cast import NOON, PASSWORD
from tests.support.fixtures.web import SENDING, LendApp

MILO = {"name": "Milo", "email": "milo@example.org", "password": PASSWORD}


@pytest.fixture
def secret(session: Session) -> str:
    """Lena, who has an account, invited Milo, who has none."""
    session.execute(update(Installation).values(first_account_at=NOON))
    return invited_by(session, add_account(session, "Lena"))


def invited_by(session: Session, lena: User) -> str:
    _, secret = invite(
        session,
        email="milo@example.org",
        invited_as=InvitedAs.MENTOR,
        slug="",
        by=lena,
        at=clock.now(),
        base_url="http://localhost",
    )
    session.commit()
    return secret


@pytest.fixture
def visitor(lend_app: LendApp) -> Browser:
    """A browser where only the invited may sign up."""
    return Browser(lend_app(sign_up=SignUp.INVITED))


@pytest.fixture
def mailing(lend_app: LendApp) -> Browser:
    """The same where mail is sent."""
    return Browser(lend_app(sign_up=SignUp.INVITED, **SENDING))


def names(session: Session) -> list[str]:
    return list(session.scalars(select(User.name).order_by(User.id)))


def mailed_link(session: Session) -> str:
    body = session.scalars(select(Mail.body).where(Mail.body.contains("/register/"))).one()
    found = re.search(r"http://localhost(/register/\S+)", body)
    assert found is not None
    return found[1]


def end_invitation(session: Session) -> None:
    invitation = session.scalars(select(Invitation)).one()
    withdraw_invitation(session, invitation.public_id, by=invitation.inviter, at=clock.now())


def test_the_invited_sign_up_and_land_on_the_invitation(
    visitor: Browser, session: Session, secret: str
) -> None:
    form = visitor.get(f"/register?invitation={secret}").text
    assert f'value="{secret}"' in form
    assert 'value="milo@example.org"' in form
    answer = visitor.post("/register", **MILO, invitation=secret)
    assert (answer.status_code, answer.location) == (303, f"/invitations/{secret}")
    assert names(session) == ["Lena", "Milo"]
    assert visitor.post(f"/invitations/{secret}", answer="accept").status_code == 303


def test_the_address_must_be_the_invited_one(visitor: Browser, session: Session, secret: str) -> None:
    answer = visitor.post("/register", **{**MILO, "email": "otto@example.org"}, invitation=secret)
    assert answer.status_code == 422
    assert "was sent to milo@example.org" in answer.text
    assert f'value="{secret}"' in answer.text
    assert names(session) == ["Lena"]


@pytest.mark.parametrize("invitation", ["", "guessed"])
def test_without_the_invitation_nobody_signs_up(
    visitor: Browser, session: Session, secret: str, invitation: str
) -> None:
    assert visitor.get(f"/register?invitation={invitation}").status_code == 403
    assert visitor.post("/register", **MILO, invitation=invitation).status_code == 403
    assert names(session) == ["Lena"]


def test_a_withdrawn_invitation_opens_nothing(visitor: Browser, session: Session, secret: str) -> None:
    end_invitation(session)
    assert visitor.get(f"/register?invitation={secret}").status_code == 403
    assert visitor.post("/register", **MILO, invitation=secret).status_code == 403


@pytest.mark.both_databases
def test_an_expired_invitation_opens_nothing(visitor: Browser, session: Session, secret: str) -> None:
    session.execute(update(Invitation).values(expires_at=clock.now() - timedelta(seconds=1)))
    assert visitor.post("/register", **MILO, invitation=secret).status_code == 403


def test_where_sign_up_is_closed_an_invitation_opens_nothing(
    lend_app: LendApp, session: Session, secret: str
) -> None:
    visitor = Browser(lend_app(sign_up=SignUp.CLOSED))
    assert "/register" not in visitor.get(f"/invitations/{secret}").text
    assert visitor.post("/register", **MILO, invitation=secret).status_code == 403
    assert names(session) == ["Lena"]


def test_where_sign_up_is_open_an_invitation_leads_on_too(app: Flask, session: Session, secret: str) -> None:
    visitor = Browser(app)
    other = visitor.post("/register", **{**MILO, "email": "otto@example.org"}, invitation=secret)
    assert other.status_code == 422
    assert visitor.post("/register", **MILO, invitation=secret).location == f"/invitations/{secret}"


@pytest.mark.both_databases
def test_where_sign_up_is_open_an_ended_invitation_is_forgotten(
    app: Flask, session: Session, secret: str
) -> None:
    end_invitation(session)
    visitor = Browser(app)
    assert f'value="{secret}"' not in visitor.get(f"/register?invitation={secret}").text
    assert visitor.post("/register", **MILO, invitation=secret).location == "/"


@pytest.mark.both_databases
def test_with_mail_the_confirmation_leads_on(mailing: Browser, session: Session, secret: str) -> None:
    assert mailing.post("/register", **MILO, invitation=secret).location == "/login"
    assert names(session) == ["Lena"]
    assert mailing.post(mailed_link(session)).location == f"/invitations/{secret}"
    assert names(session) == ["Lena", "Milo"]


def test_with_mail_the_confirmation_asks_for_the_invitation_again(
    mailing: Browser, session: Session, secret: str
) -> None:
    mailing.post("/register", **MILO, invitation=secret)
    end_invitation(session)
    assert mailing.post(mailed_link(session)).status_code == 403
    assert names(session) == ["Lena"]


def test_a_visitor_may_sign_in_or_sign_up_and_comes_back(
    visitor: Browser, session: Session, secret: str
) -> None:
    page = visitor.get(f"/invitations/{secret}").text
    assert f'href="/login?next=/invitations/{secret}"' in page
    assert f'href="/register?invitation={secret}"' in page
    assert 'name="answer"' not in page


@pytest.mark.parametrize("sign_up", [SignUp.INVITED, SignUp.CLOSED])
@pytest.mark.parametrize("page", ["/", "/login"])
def test_only_the_first_is_led_to_an_account_that_others_may_not_make(
    lend_app: LendApp, session: Session, sign_up: SignUp, page: str
) -> None:
    visitor = Browser(lend_app(sign_up=sign_up))
    assert 'href="/register' in visitor.get(page).text
    session.execute(update(Installation).values(first_account_at=NOON))
    assert 'href="/register' not in visitor.get(page).text


def test_whoever_comes_without_an_invitation_reads_that_it_takes_one(visitor: Browser, secret: str) -> None:
    assert "You need an invitation to create an account here" in visitor.get("/register").text
