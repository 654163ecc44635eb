"""Invitations: made by either side, once for an address, sent again, withdrawn."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Invalid, NotFound, TooMany
from roadmap.domain.mentoring.invitations import MAX_OPEN_INVITATIONS, InvitationOutcome, InvitedAs
from roadmap.domain.roadmaps.roadmaps import Visibility
from roadmap.operations.mentoring.invitations import MAILS_TO_ONE_ADDRESS, withdraw_invitation
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import BASE_URL, DAY, accept, invite, resend
from tests.support.outlines import add_roadmap, sample

LEARNER, MENTOR = InvitedAs.LEARNER, InvitedAs.MENTOR


@pytest.fixture
def lena(learning: Learning) -> User:
    return learning.person


@pytest.fixture
def milo(session: Session) -> User:
    return add_user(session, "Milo")


def test_the_mail_has_the_link_and_the_row_its_hash(session: Session, lena: User) -> None:
    made, secret = invite(session, lena)
    session.flush()
    mail = session.scalars(select(Mail)).one()
    assert (mail.recipient, mail.subject) == ("milo@example.org", "You’re invited to Roadmap")
    assert f"{BASE_URL}/invitations/{secret}" in (mail.body or "")
    assert secret not in {made.token_hash, made.public_id}
    assert mail.expires_at == made.expires_at == NOON + 14 * DAY


def test_nobody_invites_themself(session: Session, lena: User) -> None:
    for invited_as in InvitedAs:
        with pytest.raises(Invalid, match="own address"):
            invite(session, lena, "LENA@example.org", invited_as)


def test_an_address_is_invited_once(session: Session, lena: User) -> None:
    invite(session, lena)
    with pytest.raises(Invalid, match="already") as refused:
        invite(session, lena)
    assert list(refused.value.errors) == ["email"]
    invite(session, lena, slug="sample")
    invite(session, lena, invited_as=LEARNER)
    invite(session, add_user(session, "Otto"))


def test_an_expired_one_gives_way_to_a_new_one(session: Session, lena: User, milo: User) -> None:
    old, _ = invite(session, lena)
    _, secret = invite(session, lena, at=NOON + 15 * DAY)
    assert old.outcome is InvitationOutcome.WITHDRAWN
    accept(session, secret, milo, at=NOON + 16 * DAY)


@pytest.mark.parametrize(("present", "wanted"), [("", ""), ("", "sample"), ("sample", "sample")])
def test_whoever_mentors_already_is_not_invited(
    session: Session, lena: User, milo: User, present: str, wanted: str
) -> None:
    accept(session, invite(session, lena, slug=present)[1], milo)
    with pytest.raises(Invalid, match="already exists"):
        invite(session, lena, slug=wanted)
    with pytest.raises(Invalid, match="already exists"):
        invite(session, milo, "lena@example.org", LEARNER, wanted)


def test_a_mentor_of_one_roadmap_can_be_invited_for_more(session: Session, lena: User, milo: User) -> None:
    accept(session, invite(session, lena, slug="sample")[1], milo)
    add_roadmap(session, sample("other"))
    invite(session, lena, slug="other")
    invite(session, lena)


def test_an_address_that_is_none_is_refused(session: Session, lena: User) -> None:
    for email in ("", "milo", "milo@", "milo@example.org, otto@example.org", "x" * 300):
        with pytest.raises(Invalid) as refused:
            pytest.fail(f"{email!r}: {invite(session, lena, email)}")
        assert list(refused.value.errors) == ["email"], email


def test_a_roadmap_that_is_not_there_or_not_visible_is_refused(session: Session, lena: User) -> None:
    hidden = add_roadmap(session, sample("hidden"))
    hidden.visibility = Visibility.PRIVATE
    for slug in ("nothing", "hidden"):
        with pytest.raises(Invalid) as refused:
            invite(session, lena, slug=slug)
        assert list(refused.value.errors) == ["roadmap"]


def test_there_is_a_limit_of_open_invitations(session: Session, lena: User) -> None:
    made = [invite(session, lena, f"p{number}@example.org")[0] for number in range(MAX_OPEN_INVITATIONS)]
    with pytest.raises(Invalid, match="Withdraw some"):
        invite(session, lena)
    withdraw_invitation(session, made[0].public_id, by=lena, at=NOON)
    invite(session, lena)


def test_nobody_gets_more_than_five_in_a_quarter_of_an_hour(session: Session, lena: User) -> None:
    made, _ = invite(session, lena)
    for _ in range(MAILS_TO_ONE_ADDRESS - 1):
        resend(session, made, lena)
    with pytest.raises(TooMany) as refused, session.begin_nested():
        resend(session, made, lena)
    assert refused.value.retry_after == 15 * 60 + 1
    with pytest.raises(TooMany), session.begin_nested():
        invite(session, add_user(session, "Otto"))
    resend(session, made, lena, days=1)


def test_an_answered_one_cannot_be_withdrawn(session: Session, lena: User, milo: User) -> None:
    made, secret = invite(session, lena)
    accept(session, secret, milo)
    with pytest.raises(Conflict, match="answered"):
        withdraw_invitation(session, made.public_id, by=lena, at=NOON)
    assert made.outcome is InvitationOutcome.ACCEPTED


def test_only_whoever_invited_sends_again_or_withdraws(session: Session, lena: User, milo: User) -> None:
    made, _ = invite(session, lena)
    for person in (milo, add_user(session, "Otto")):
        with pytest.raises(NotFound):
            resend(session, made, person)
        with pytest.raises(NotFound):
            withdraw_invitation(session, made.public_id, by=person, at=NOON)
