"""The rows of the outbox, and the lease that lets one thread at a time send them."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.domain.accounts.users import EMAIL_LENGTH
from roadmap.domain.base import Base, partial_index

SUBJECT_LENGTH = 200
DIGEST = "Your daily Roadmap digest"
"""The subject of every digest, which may mention several people."""


class Mail(Base):
    """One mail; `started_at` is set before it goes to SMTP, so that nothing is sent twice.

    `about` is the public id of an invitation or a submission, which is checked again before sending.
    """

    __tablename__ = "mails"
    __table_args__ = (partial_index("ix_mails_due", "due_at", where="started_at IS NULL"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    recipient: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(String(SUBJECT_LENGTH))
    body: Mapped[str | None]

    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    about: Mapped[str | None] = mapped_column(String(12), default=None)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    failure: Mapped[str | None] = mapped_column(String(500), default=None)


class Lease(Base):
    """The right of one process to do a periodic job until `expires_at`."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]
