"""The outbox: mails are stored with the action they are about, and sent later by another thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import SUBJECT_LENGTH, Mail
from roadmap.domain.accounts.users import User
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
    """A mail with a greeting, to nobody in particular where the name is not known."""
    return Text(
        subject, "\n\n".join(["Hello," if name is None else f"Hello {name},", *paragraphs, "Roadmap"]) + "\n"
    )


def write_mail(
    session: Session,
    text: Text,
    *,
    to: str,
    at: datetime,
    person: User | None = None,
    lifetime: timedelta = NOTICE_LIFETIME,
    about: str | None = None,
) -> None:
    """Put a mail into the outbox, to be sent within `lifetime`; not to a `person` who is disabled by then,
    or for whom the submission it is `about` does not wait any more."""
    session.add(
        Mail(
            recipient=to,
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
    """Titles and names may be long; the body has them whole."""
    return subject if len(subject) <= SUBJECT_LENGTH else f"{subject[: SUBJECT_LENGTH - 1]}…"


def forget_mail(session: Session, *, about: str) -> None:
    """Take mail about something back where nobody has begun to send it."""
    session.execute(delete(Mail).where(Mail.about == about, Mail.started_at.is_(None)))


def due_mails(session: Session, *, at: datetime) -> Sequence[int]:
    """The ids of mails to send now, the oldest first."""
    due = select(Mail.id).where(Mail.started_at.is_(None), Mail.due_at <= at, Mail.expires_at > at)
    return session.scalars(due.order_by(Mail.due_at, Mail.id).limit(BATCH)).all()


def start_mail(session: Session, mail_id: int, *, at: datetime) -> Mail | None:
    """Mark a mail as being sent, for one sender only; None if another has it or its person may not get it."""
    unstarted = (Mail.id == mail_id, Mail.started_at.is_(None))
    mail = session.scalar(select(Mail).where(*unstarted).with_for_update())
    if mail is None:
        return None
    mail.started_at = at
    person = session.get(User, mail.user_id) if mail.user_id is not None else None
    if person is not None and person.is_disabled:
        mail.body, mail.failure = None, "not sent: the account is disabled"
        return None
    if person is not None and mail.about is not None and not _still_waits(session, person, mail.about):
        mail.body, mail.failure = None, "not sent: this was answered, or is not theirs to see any more"
        return None
    return mail


def _still_waits(session: Session, person: User, submission: str) -> bool:
    """Whether the submission is open and this person may see it now."""
    still = (Submission.public_id == submission, Submission.state == SubmissionState.OPEN)
    return session.scalar(submissions_seen_by(person).where(*still)) is not None


def finish_mail(session: Session, mail_id: int, *, at: datetime) -> None:
    """Note that a mail was handed over, and erase its text."""
    session.execute(update(Mail).where(Mail.id == mail_id).values(sent_at=at, body=None, failure=None))


def postpone_mail(session: Session, mail_id: int, reason: str, *, at: datetime) -> None:
    """Try again later, each time after about half as long again as it has waited; nothing was sent."""
    mail = session.get(Mail, mail_id)
    if mail is not None:
        mail.started_at, mail.failure = None, reason[:500]
        mail.due_at = at + max(MIN_RETRY_DELAY, (at - mail.created_at) / 2)


def fail_mail(session: Session, mail_id: int, reason: str) -> None:
    """Give up on a mail and erase its text; it stays marked, so nobody sends it."""
    session.execute(update(Mail).where(Mail.id == mail_id).values(body=None, failure=reason[:500]))


def clear_outbox(session: Session, *, at: datetime) -> None:
    """Erase the texts of mails that are too old to be sent, and forget old rows."""
    too_old = (Mail.expires_at <= at, Mail.body.is_not(None))
    session.execute(
        update(Mail)
        .where(*too_old, or_(Mail.started_at.is_(None), Mail.started_at <= at - MIN_RETRY_DELAY))
        .values(body=None, failure="not sent: too old")
    )
    session.execute(delete(Mail).where(Mail.expires_at <= at - RETENTION))
