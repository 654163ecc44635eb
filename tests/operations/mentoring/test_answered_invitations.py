"""Invitations are answered by the person invited and nobody else, once, within 14 days."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, NotFound
from roadmap.domain.mentoring.invitations import InvitationOutcome, InvitedAs
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.mentoring.invitations import withdraw_invitation
from roadmap.operations.mentoring.mentorships import answer_invitation
from roadmap.queries.mentoring.invitations import find_invitation
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import DAY, MINUTE, accept, active_mentorships, invite, mails, resend

LEARNER, MENTOR = InvitedAs.LEARNER, InvitedAs.MENTOR


@pytest.fixture
def lena(learning: Learning) -> User:
    return learning.person


@pytest.fixture
def milo(session: Session) -> User:
    return add_user(session, "Milo")


def test_a_learner_invites_a_mentor(session: Session, lena: User, milo: User) -> None:
    made, secret = invite(session, lena, "  Milo@Example.org ")
    assert made.email == "milo@example.org"
    accept(session, secret, milo)
    assert active_mentorships(session) == [(lena.id, milo.id, None)]
    assert made.outcome is InvitationOutcome.ACCEPTED


def test_a_mentor_invites_a_learner_for_one_roadmap(session: Session, lena: User, milo: User) -> None:
    _, secret = invite(session, milo, "lena@example.org", LEARNER, "sample")
    accept(session, secret, lena)
    assert active_mentorships(session) == [(lena.id, milo.id, session.scalar(select(Roadmap.id)))]


def test_the_beginning_is_in_the_audit_log(session: Session, lena: User, milo: User) -> None:
    accept(session, invite(session, lena)[1], milo)
    session.flush()
    entry = session.scalars(select(Audit)).one()
    assert (entry.kind, entry.actor_id) == (AuditKind.MENTORSHIP_STARTED, milo.id)
    assert entry.subject_id == lena.id


def test_declining_begins_nothing_and_ends_it(session: Session, lena: User, milo: User) -> None:
    made, secret = invite(session, lena)
    assert answer_invitation(session, secret, accepts=False, by=milo, at=NOON) is None
    assert (active_mentorships(session), made.outcome) == ([], InvitationOutcome.DECLINED)
    with pytest.raises(Conflict):
        accept(session, secret, milo)


def test_only_the_person_invited_answers(session: Session, lena: User, milo: User) -> None:
    made, secret = invite(session, lena)
    for person in (lena, add_user(session, "Otto")):
        with pytest.raises(Forbidden, match="another address"):
            accept(session, secret, person)
    assert (made.outcome, active_mentorships(session)) == (None, [])


def test_a_secret_that_is_none_finds_nothing(session: Session, lena: User, milo: User) -> None:
    made, _ = invite(session, lena)
    for secret in ("", "x", made.public_id, made.token_hash):
        with pytest.raises(NotFound):
            accept(session, secret, milo)


def test_an_invitation_is_used_once(session: Session, lena: User, milo: User) -> None:
    _, secret = invite(session, lena)
    accept(session, secret, milo)
    with pytest.raises(Conflict, match="answered"):
        accept(session, secret, milo)
    assert len(active_mentorships(session)) == 1


def test_after_fourteen_days_it_is_too_old(session: Session, lena: User, milo: User) -> None:
    _, secret = invite(session, lena)
    with pytest.raises(Conflict, match="has expired"):
        accept(session, secret, milo, at=NOON + 14 * DAY)
    assert active_mentorships(session) == []
    accept(session, secret, milo, at=NOON + 14 * DAY - MINUTE)


def test_looking_changes_nothing(session: Session, lena: User, milo: User) -> None:
    _, secret = invite(session, lena)
    for _ in range(2):
        assert find_invitation(session, secret, at=NOON).is_open
    assert not session.dirty
    accept(session, secret, milo)


def test_nobody_accepts_their_own_after_a_change_of_address(session: Session, lena: User) -> None:
    _, secret = invite(session, lena)
    lena.email = "milo@example.org"
    with pytest.raises(Forbidden, match="mentor yourself"):
        accept(session, secret, lena)


def test_invitations_in_both_directions_make_one_mentorship(session: Session, lena: User, milo: User) -> None:
    one, two = invite(session, lena), invite(session, milo, "lena@example.org", LEARNER)
    begun = accept(session, one[1], milo)
    assert accept(session, two[1], lena) is begun
    assert len(active_mentorships(session)) == 1


def test_two_people_may_mentor_each_other(session: Session, lena: User, milo: User) -> None:
    accept(session, invite(session, lena)[1], milo)
    accept(session, invite(session, lena, invited_as=LEARNER)[1], milo)
    assert {(lena.id, milo.id, None), (milo.id, lena.id, None)} == set(active_mentorships(session))


def test_sent_again_the_old_link_is_dead_and_time_begins_anew(
    session: Session, lena: User, milo: User
) -> None:
    made, old = invite(session, lena)
    new = resend(session, made, lena, days=20)
    with pytest.raises(NotFound):
        accept(session, old, milo, at=NOON + 20 * DAY)
    assert mails(session) == ["You’re invited to Roadmap"]
    accept(session, new, milo, at=NOON + 33 * DAY)


def test_a_withdrawn_one_cannot_be_accepted_or_sent_again(session: Session, lena: User, milo: User) -> None:
    made, secret = invite(session, lena)
    withdraw_invitation(session, made.public_id, by=lena, at=NOON)
    assert mails(session) == []
    for act in (lambda: accept(session, secret, milo), lambda: resend(session, made, lena)):
        with pytest.raises(Conflict):
            act()
    assert active_mentorships(session) == []
