"""Ways for others to read: share links of a report, its badge, and the calendar to subscribe to."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.base import Base, new_public_id
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.users import User

SHARE_LIVES = timedelta(days=30)
LONGEST_SHARE = timedelta(days=366)
MOST_SHARES = 50


class LinkPurpose(StrEnum):
    """What a link lets its holder read; it opens nothing else."""

    SHARE = "share"
    BADGE = "badge"
    CALENDAR = "calendar"


def new_nonce() -> str:
    """128 random bits that a link is derived from."""
    return secrets.token_urlsafe(16)


def derive_token(key: str, purpose: LinkPurpose, nonce: str) -> str:
    """The secret of a link, made of its row and the installation's key, so that it can be shown again."""
    digest = hmac.digest(key.encode(), f"{purpose.value}:{nonce}".encode(), "sha256")
    return urlsafe_b64encode(digest).decode().rstrip("=")


def hash_token(token: str) -> str:
    """What the row keeps of the secret, and finds it by."""
    return sha256(token.encode()).hexdigest()


class Share(Base):
    """A link to a report: live, or as of a day; `opened` counts how often it was read."""

    __tablename__ = "shares"
    __table_args__ = (CheckConstraint("expires_on >= created_on", name="expires_on"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    enrollment: Mapped[Enrollment] = relationship(init=False, viewonly=True)

    nonce: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    created_on: Mapped[date]
    expires_on: Mapped[date]
    as_of: Mapped[date | None]
    show_evidence: Mapped[bool]
    show_names: Mapped[bool]

    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    opened: Mapped[int] = mapped_column(default=0)
    last_opened_at: Mapped[datetime | None] = mapped_column(default=None)


class Feed(Base):
    """The badge of an enrollment or the calendar of a person, until revoked."""

    __tablename__ = "feeds"
    __table_args__ = (
        CheckConstraint("(purpose = 'badge') = (enrollment_id IS NOT NULL)", name="enrollment"),
        CheckConstraint("purpose IN ('badge', 'calendar')", name="purpose"),
        Index(
            "uq_feeds_badge",
            "enrollment_id",
            unique=True,
            sqlite_where=text("purpose = 'badge' AND revoked_at IS NULL"),
            postgresql_where=text("purpose = 'badge' AND revoked_at IS NULL"),
        ),
        Index(
            "uq_feeds_calendar",
            "user_id",
            unique=True,
            sqlite_where=text("purpose = 'calendar' AND revoked_at IS NULL"),
            postgresql_where=text("purpose = 'calendar' AND revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    purpose: Mapped[LinkPurpose]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    user: Mapped[User] = relationship(init=False, viewonly=True)
    enrollment_id: Mapped[int | None] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), index=True
    )
    enrollment: Mapped[Enrollment | None] = relationship(init=False, viewonly=True)

    nonce: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


def shares_of(person: User) -> Select[Share]:
    """The share links this person made."""
    return (
        select(Share)
        .join(Enrollment, Enrollment.id == Share.enrollment_id)
        .where(Enrollment.user_id == person.id)
    )


def feeds_of(person: User) -> Select[Feed]:
    """The badges and the calendar of this person that are not revoked."""
    return select(Feed).where(Feed.user_id == person.id, Feed.revoked_at.is_(None))
