"""Milo mentors Lena: what mentors and learners do to each other in one short call each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.progress import Status
from roadmap.domain.mentoring.invitations import Invitation, InvitedAs
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.messages import Message
from roadmap.domain.mentoring.submissions import Claim, Outcome, Review, Submission
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.mentoring import invitations
from roadmap.operations.mentoring.mentorships import answer_invitation, end_mentorship, start_mentorship
from roadmap.operations.mentoring.messages import write_message
from roadmap.operations.mentoring.reviews import Answer, claim_submission, review_submission
from roadmap.operations.mentoring.sign_offs import sign_off_milestones
from roadmap.operations.mentoring.submissions import submit_milestone, withdraw_submission
from roadmap.operations.scheduled import scheduled_mails
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning

BASE_URL = "http://localhost"
SEE = "Please look at it."
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def mentor(learning: Learning, mentor: User, slug: str = "", *, at: datetime = NOON) -> Mentorship:
    """Begin a mentorship of the learner, for one roadmap or all."""
    session = learning.session
    roadmap_id = session.scalar(select(Roadmap.id).where(Roadmap.slug == slug)) if slug else None
    return start_mentorship(session, mentor.id, learning.person.id, roadmap_id, by=mentor, at=at)


def mentor_of(learning: Learning, name: str = "Milo", slug: str = "") -> User:
    """A new person who mentors the learner since NOON."""
    person = add_user(learning.session, name)
    mentor(learning, person, slug)
    return person


def end(learning: Learning, mentor: User, *, by: User | None = None) -> None:
    """The mentor, or `by`, ends all mentorships of the two."""
    active = select(Mentorship).where(Mentorship.mentor_id == mentor.id, Mentorship.ended_at.is_(None))
    for each in learning.session.scalars(active.where(Mentorship.learner_id == learning.person.id)).all():
        end_mentorship(learning.session, each.public_id, by=by or mentor, at=learning.at)


def submit(learning: Learning, key: str = "first", comment: str = SEE) -> Submission:
    """The learner marks it done and submits it."""
    learning.mark(key, Status.DONE)
    return submit_as_is(learning, key, comment)[0]


def submit_as_is(learning: Learning, key: str = "first", comment: str = SEE) -> tuple[Submission, int]:
    """The learner submits it without marking it; also the number of the change."""
    return submit_milestone(
        learning.session, learning.enrollment, key, comment, by=learning.person, at=learning.at
    )


def withdraw(learning: Learning, key: str = "first") -> int:
    return withdraw_submission(learning.session, learning.enrollment, key, by=learning.person, at=learning.at)


def claim(learning: Learning, submission: Submission, by: User) -> Claim:
    return claim_submission(learning.session, submission.public_id, by=by, at=learning.at)


def review(
    learning: Learning,
    submission: Submission,
    by: User,
    outcome: Outcome = Outcome.VERIFIED,
    feedback: str = "Look again.",
    **more: object,
) -> Review:
    answer = Answer(outcome, feedback, **more)
    return review_submission(learning.session, submission.public_id, answer, by=by, at=learning.at)


def returned(learning: Learning, by: User, key: str = "first") -> Submission:
    """A round that came back."""
    submission = submit(learning, key)
    review(learning, submission, by, Outcome.RETURNED)
    return submission


def verified(learning: Learning, by: User, key: str = "first") -> Submission:
    """A round that was verified."""
    submission = submit(learning, key)
    review(learning, submission, by)
    return submission


def sign_off(
    learning: Learning, by: User, *keys: str, mentorship: Mentorship | None = None, **more: str
) -> int:
    """The mentor verifies these in person; returns how many."""
    query = select(Mentorship).where(Mentorship.mentor_id == by.id, Mentorship.ended_at.is_(None))
    public_id = (mentorship or learning.session.scalars(query).one()).public_id
    return sign_off_milestones(learning.session, public_id, keys, by=by, at=learning.at, **more)


def ask(learning: Learning, key: str = "first", text: str = "What does it mean?") -> Message:
    """The learner writes a message."""
    return say(learning, learning.person, key, text)


def say(learning: Learning, by: User, key: str = "first", text: str = "That it works.") -> Message:
    """Somebody writes a message on a milestone of the learner."""
    return write_message(learning.session, learning.enrollment.public_id, key, text, by=by, at=learning.at)


def holder(learning: Learning, submission: Submission) -> int | None:
    """Who has a claim, lapsed or not."""
    return learning.session.scalar(select(Claim.mentor_id).where(Claim.submission_id == submission.id))


def submissions_in(session: Session, enrollment: Enrollment) -> Sequence[Submission]:
    query = select(Submission).where(Submission.enrollment_id == enrollment.id)
    return session.scalars(query.order_by(Submission.id)).all()


def detached(session: Session, person: User) -> User:
    """The person as requests have them: read before, and of no session."""
    session.commit()
    session.refresh(person)
    session.expunge(person)
    session.commit()
    return person


def mails(session: Session, to: str = "") -> list[str]:
    """The subjects of all mails, or of those to an address, as they were written."""
    query = select(Mail.subject).order_by(Mail.id)
    return list(session.scalars(query.where(Mail.recipient == to) if to else query))


def invite(
    session: Session,
    by: User,
    email: str = "milo@example.org",
    invited_as: InvitedAs = InvitedAs.MENTOR,
    slug: str = "",
    *,
    at: datetime = NOON,
) -> tuple[Invitation, str]:
    return invitations.invite(
        session, email=email, invited_as=invited_as, slug=slug, by=by, at=at, base_url=BASE_URL
    )


def resend(session: Session, made: Invitation, by: User, *, days: int = 0) -> str:
    """An invitation is sent again some days later; the secret of its new link."""
    at = NOON + days * DAY
    return invitations.resend_invitation(session, made.public_id, by=by, at=at, base_url=BASE_URL)[1]


def active_mentorships(session: Session) -> list[tuple[int, int, int | None]]:
    """Learner, mentor and roadmap of each mentorship that lasts."""
    query = select(Mentorship).where(Mentorship.ended_at.is_(None)).order_by(Mentorship.id)
    return [(each.learner_id, each.mentor_id, each.roadmap_id) for each in session.scalars(query)]


def accept(session: Session, secret: str, by: User, *, at: datetime = NOON) -> Mentorship | None:
    return answer_invitation(session, secret, accepts=True, by=by, at=at)


def write_timed_mails(session: Session, at: datetime) -> None:
    """Write the digests and nudges that are due, all in this session."""
    session.flush()
    for write in scheduled_mails(session, at=at, base_url=BASE_URL):
        write(session)
    session.flush()
