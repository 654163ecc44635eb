"""A mail goes with what it tells about: whose account or invitation has ended writes to nobody any more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.invitations import InvitationOutcome
from roadmap.operations.accounts.users import delete_user, disable_user
from roadmap.operations.mails import start_mail
from roadmap.operations.mentoring.invitations import withdraw_invitation
from roadmap.operations.mentoring.mentorships import answer_invitation
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import DAY, end, invite, submit, withdraw
from tests.support.mentoring import write_timed_mails as run

MILO, OTTO = "milo@example.org", "otto@example.org"
LATER = NOON + 3 * DAY
SOON = LATER + timedelta(minutes=1)


class Scene:
    """Lena invited Otto, Milo got a nudge and a digest about her work; nothing is sent yet."""

    def __init__(self, learning: Learning, milo: User) -> None:
        self.session, self.learning, self.milo = learning.session, learning, milo
        self.lena, self.otto = learning.person, add_user(learning.session, "Otto")
        add_user(self.session, "Ada", is_admin=True)
        for person in (self.lena, self.otto):
            person.wants_digest = False
        milo.digested_at = NOON
        learning.at = NOON + timedelta(minutes=1)
        self.work = submit(learning)
        self.invitation, self.secret = invite(self.session, self.lena, OTTO)
        run(self.session, NOON + DAY)
        run(self.session, self.work.submitted_at + 3 * DAY)
        self.session.flush()

    def waiting(self, to: str) -> list[str]:
        unsent = select(Mail.subject).where(Mail.recipient == to, Mail.started_at.is_(None))
        return sorted(self.session.scalars(unsent))


@pytest.fixture
def scene(learning: Learning, milo: User) -> Scene:
    return Scene(learning, milo)


def of_learner(end_account: Callable[..., None]) -> Callable[[Scene], None]:
    return lambda scene: end_account(scene.session, scene.lena, by=None, at=LATER)


def answer(*, accepts: bool) -> Callable[[Scene], None]:
    return lambda scene: answer_invitation(
        scene.session, scene.secret, accepts=accepts, by=scene.otto, at=NOON
    )


ENDS_INVITATION: dict[str, Callable[[Scene], object]] = {
    "its inviter is deleted": of_learner(delete_user),
    "its inviter is disabled": of_learner(disable_user),
    "it is accepted": answer(accepts=True),
    "it is declined": answer(accepts=False),
    "it is withdrawn": lambda scene: withdraw_invitation(
        scene.session, scene.invitation.public_id, by=scene.lena, at=NOON
    ),
}
ENDS_WORK: dict[str, Callable[[Scene], object]] = {
    "its learner is deleted": of_learner(delete_user),
    "its learner is disabled": of_learner(disable_user),
}


@pytest.mark.both_databases
@pytest.mark.parametrize("what", ENDS_INVITATION)
def test_the_mail_of_an_invitation_goes_when(scene: Scene, what: str) -> None:
    assert scene.waiting(OTTO) == ["You’re invited to Roadmap"]
    ENDS_INVITATION[what](scene)
    assert scene.waiting(OTTO) == []


@pytest.mark.both_databases
@pytest.mark.parametrize("what", ENDS_WORK)
def test_nudges_and_digests_about_work_go_when(scene: Scene, what: str) -> None:
    assert "Lena has been waiting 3 days for a review" in scene.waiting(MILO)
    assert "Your daily Roadmap digest" in scene.waiting(MILO)
    ENDS_WORK[what](scene)
    assert scene.waiting(MILO) == []


def test_a_deletion_takes_what_was_sent_about_the_person_too(scene: Scene) -> None:
    for mail in scene.session.scalars(select(Mail)):
        mail.started_at = mail.sent_at = LATER
    delete_user(scene.session, scene.lena, by=None, at=LATER)
    scene.session.expire_all()
    subjects = scene.session.scalars(select(Mail.subject)).all()
    assert not [subject for subject in subjects if "Lena" in subject or "invited" in subject]


def decline_unnoticed(scene: Scene) -> None:
    scene.invitation.outcome, scene.invitation.ended_at = InvitationOutcome.DECLINED, NOON


NOT_SENT: dict[str, Callable[[Scene], object]] = {
    "answered": decline_unnoticed,
    "inviter disabled": lambda scene: setattr(scene.lena, "disabled_at", NOON),
}


@pytest.mark.parametrize("what", NOT_SENT)
def test_rights_are_asked_again_at_sending_an_invitation(scene: Scene, what: str) -> None:
    NOT_SENT[what](scene)
    scene.session.flush()
    (mail,) = scene.session.scalars(select(Mail).where(Mail.recipient == OTTO))
    assert start_mail(scene.session, mail.id, at=SOON) is None
    assert mail.body is None
    assert "not sent" in (mail.failure or "")


NUDGE_NOT_SENT: dict[str, Callable[[Scene], object]] = {
    "learner disabled": lambda scene: setattr(scene.lena, "disabled_at", NOON),
    "mentor disabled": lambda scene: setattr(scene.milo, "disabled_at", NOON),
    "withdrawn": lambda scene: withdraw(scene.learning),
    "mentorship ended": lambda scene: end(scene.learning, scene.milo),
}


@pytest.mark.parametrize("what", NUDGE_NOT_SENT)
def test_rights_are_asked_again_at_sending_a_nudge(scene: Scene, what: str) -> None:
    NUDGE_NOT_SENT[what](scene)
    scene.session.flush()
    (mail,) = scene.session.scalars(select(Mail).where(Mail.subject.like("%has been waiting%")))
    assert start_mail(scene.session, mail.id, at=SOON) is None


def test_what_still_holds_is_sent(scene: Scene) -> None:
    for mail in scene.session.scalars(select(Mail)).all():
        assert start_mail(scene.session, mail.id, at=SOON) is mail
