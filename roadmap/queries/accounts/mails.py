"""The outbox as the command line lists it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Mail


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One mail that was not sent; `body` holds its link."""

    id: int
    recipient: str
    subject: str
    body: str
    created_at: datetime
    expires_at: datetime
    is_interrupted: bool
    failure: str | None


def waiting_mails(session: Session, *, at: datetime) -> Sequence[OutboxRow]:
    """The mails that are waiting or were interrupted while being sent, the oldest first."""
    waiting = select(Mail).where(Mail.sent_at.is_(None), Mail.body.is_not(None), Mail.expires_at > at)
    return [
        OutboxRow(
            id=mail.id,
            recipient=mail.recipient,
            subject=mail.subject,
            body=mail.body or "",
            created_at=mail.created_at,
            expires_at=mail.expires_at,
            is_interrupted=mail.started_at is not None,
            failure=mail.failure,
        )
        for mail in session.scalars(waiting.order_by(Mail.id))
    ]
