"""The outbox: mails are stored with the action they are about, and sent later by another thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import DIGEST, SUBJECT_LENGTH, Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.invitations import Invitation
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.submissions import Submission, SubmissionState, submissions_seen_by

NOTICE_LIFETIME = timedelta(days=3)
BATCH = 50
RETENTION = timedelta(days=30)
MIN_RETRY_DELAY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body of a mail."""

    subject: str
    body: str


def letter(subject: str, name: str | None, *paragraphs: str) -> Text:
    """Return a mail with a greeting, and without a name when it is not known."""
    return Text(
        subject, "\n\n".join(["Hello," if name is None else f"Hello {name},", *paragraphs, "Roadmap"]) + "\n"
    )


def write_mail(
    session: Session,
    text: Text,
    *,
    to: User | str,
    at: datetime,
    person: User | None = None,
    lifetime: timedelta = NOTICE_LIFETIME,
    about: str | None = None,
) -> None:
    """Add a mail to the outbox, to be sent within `lifetime` to a person or to an address.

    It is not sent if the account of the person is disabled by then, or if the invitation or submission it is
    `about` is no longer open, visible to them, or of an active account. `person` is the owner of an address.
    """
    person = to if isinstance(to, User) else person
    session.add(
        Mail(
            recipient=to.email if isinstance(to, User) else to,
            user_id=person.id if person else None,
            subject=_shortened(text.subject),
            body=text.body,
            about=about,
            created_at=at,
            due_at=at,
            expires_at=at + lifetime,
        )
    )


def _shortened(subject: str) -> str:
    """Return the subject, cut to the length of its column; the body has long titles in full."""
    return subject if len(subject) <= SUBJECT_LENGTH else f"{subject[: SUBJECT_LENGTH - 1]}…"


def forget_mail(session: Session, *, about: str) -> None:
    """Delete the mails about an invitation or a submission whose sending has not started."""
    session.execute(delete(Mail).where(Mail.about == about, Mail.started_at.is_(None)))


def forget_digests(session: Session, of_people: ColumnElement[bool]) -> None:
    """Delete the unsent digests of these people, so that they are written again without what has ended.

    The next one starts where the last one that was sent ended.
    """
    ids = select(User.id).where(of_people)
    unsent = (Mail.user_id.in_(ids), Mail.subject == DIGEST, Mail.started_at.is_(None))
    written = delete(Mail).where(*unsent).returning(Mail.user_id).execution_options(synchronize_session=False)
    if rewritten := session.scalars(written).all():
        last = select(func.max(Mail.created_at)).where(Mail.user_id == User.id, Mail.subject == DIGEST)
        again = update(User).where(User.id.in_(rewritten))
        session.execute(again.values(digested_at=last.scalar_subquery()))


def forget_mails_of(session: Session, user: User, *, only_unsent: bool = False) -> None:
    """Delete the mails to others about this person's invitations and work, and unsent digests about them."""
    invitations = select(Invitation.public_id).where(Invitation.inviter_id == user.id)
    work = select(Submission.public_id).join(Enrollment, Enrollment.id == Submission.enrollment_id)
    own = (Mail.about.in_(invitations), Mail.about.in_(work.where(Enrollment.user_id == user.id)))
    about_them = delete(Mail).where(or_(*own)).execution_options(synchronize_session=False)
    session.execute(about_them.where(Mail.started_at.is_(None)) if only_unsent else about_them)
    learners = select(Mentorship.learner_id).where(Mentorship.mentor_id == user.id)
    mentors = select(Mentorship.mentor_id).where(Mentorship.learner_id == user.id)
    forget_digests(session, or_(User.id.in_(learners), User.id.in_(mentors)))


def due_mails(session: Session, *, at: datetime) -> Sequence[int]:
    """Return the ids of mails to send now, the oldest first, at most one batch."""
    due = select(Mail.id).where(Mail.started_at.is_(None), Mail.due_at <= at, Mail.expires_at > at)
    return session.scalars(due.order_by(Mail.due_at, Mail.id).limit(BATCH)).all()


def start_mail(session: Session, mail_id: int, *, at: datetime) -> Mail | None:
    """Mark a mail as being sent and return it.

    Returns None when another process sends it, or when the person must not get it any more.
    """
    unstarted = (Mail.id == mail_id, Mail.started_at.is_(None))
    mail = session.scalar(select(Mail).where(*unstarted).with_for_update())
    if mail is None:
        return None
    mail.started_at = at
    person = session.get(User, mail.user_id) if mail.user_id is not None else None
    if person is not None and person.is_disabled:
        mail.body, mail.failure = None, "not sent: the account is disabled"
        return None
    if mail.about is not None and not _is_still_true(session, person, mail.about):
        mail.body, mail.failure = None, "not sent: this has been answered, or they no longer have access"
        return None
    return mail


def _is_still_true(session: Session, person: User | None, about: str) -> bool:
    """Return whether the invitation or the submission is open, of an active account, and theirs to see."""
    inviter = select(Invitation.outcome, User.disabled_at).join(User, User.id == Invitation.inviter_id)
    invitation = session.execute(inviter.where(Invitation.public_id == about)).first()
    if invitation is not None:
        return invitation.outcome is None and invitation.disabled_at is None
    if person is None:
        return False
    active = select(Enrollment.id).join(User, User.id == Enrollment.user_id).where(User.disabled_at.is_(None))
    still = (Submission.public_id == about, Submission.state == SubmissionState.OPEN)
    query = submissions_seen_by(person).where(*still, Submission.enrollment_id.in_(active))
    return session.scalar(query) is not None


def finish_mail(session: Session, mail_id: int, *, at: datetime) -> None:
    """Mark a mail as sent and delete its text."""
    session.execute(update(Mail).where(Mail.id == mail_id).values(sent_at=at, body=None, failure=None))


def postpone_mail(session: Session, mail_id: int, reason: str, *, at: datetime) -> None:
    """Schedule another attempt after half the time the mail has waited so far, at least a minute."""
    mail = session.get(Mail, mail_id)
    if mail is not None:
        mail.started_at, mail.failure = None, reason[:500]
        mail.due_at = at + max(MIN_RETRY_DELAY, (at - mail.created_at) / 2)


def fail_mail(session: Session, mail_id: int, reason: str) -> None:
    """Mark a mail as failed and delete its text; it is not tried again."""
    session.execute(update(Mail).where(Mail.id == mail_id).values(body=None, failure=reason[:500]))


def clear_outbox(session: Session, *, at: datetime) -> None:
    """Delete the texts of mails that are too old to send, and rows a month after that."""
    too_old = (Mail.expires_at <= at, Mail.body.is_not(None))
    session.execute(
        update(Mail)
        .where(*too_old, or_(Mail.started_at.is_(None), Mail.started_at <= at - MIN_RETRY_DELAY))
        .values(body=None, failure="not sent: too old")
    )
    session.execute(delete(Mail).where(Mail.expires_at <= at - RETENTION))
