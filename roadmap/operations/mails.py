"""Mail as rows: written with the action it tells about, sent later by another thread or process."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import SUBJECT_LENGTH, Mail
from roadmap.domain.accounts.users import User
from roadmap.operations.mail_texts import Text

NOTICE_LIFETIME = timedelta(days=3)


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
