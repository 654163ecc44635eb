"""The conversation on one milestone, as its learner or a mentor reads it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.messages import Message, messages_seen_by


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message; `is_open` while it is a question of the learner that waits for a mentor."""

    public_id: str
    author: str
    is_mine: bool
    text: str
    created_at: datetime
    is_open: bool


def conversation_on(
    session: Session, enrollment_id: int, milestone_id: int, *, seen_by: User
) -> tuple[MessageView, ...]:
    """The messages on a milestone that this person may read, oldest first, in one statement."""
    readable = messages_seen_by(seen_by).where(
        Message.enrollment_id == enrollment_id, Message.milestone_id == milestone_id
    )
    rows = session.execute(
        readable.join(User, User.id == Message.author_id)
        .with_only_columns(
            Message.public_id,
            Message.author_id,
            Message.text,
            Message.created_at,
            Message.closed_at,
            User.name,
        )
        .order_by(Message.id)
    )
    return tuple(
        MessageView(
            public_id=row.public_id,
            author=row.name,
            is_mine=row.author_id == seen_by.id,
            text=row.text,
            created_at=row.created_at,
            is_open=row.closed_at is None,
        )
        for row in rows
    )
