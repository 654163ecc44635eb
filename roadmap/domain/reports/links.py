"""Secret links to a report: share links, the badge and the calendar; whoever has the address may read."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.base import Base, new_public_id, partial_index
from roadmap.domain.errors import invalid
from roadmap.domain.learning.enrollments import Enrollment

LINK_NOT_FOUND = "This link doesn’t work. It may have expired or been revoked. Ask whoever gave it to you."
NOT_SHARED = (
    "This roadmap’s source allows personal use only, so its report can’t be shared by link. "
    "A badge can still show both numbers."
)
NO_SUCH_LINK = "There is no such link."


class LinkPurpose(StrEnum):
    """What a link gives access to."""

    SHARE = "share"
    BADGE = "badge"
    CALENDAR = "calendar"


class SecretLink(Base):
    """The columns of every secret link: the SHA-256 of its token, and the nonce the token is derived from.

    The token is not stored, but its owner can see it again, because it is derived from the nonce.
    """

    __abstract__ = True

    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    nonce: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


Link = TypeVar("Link", bound=SecretLink)


def new_nonce() -> str:
    """Return 128 random bits as text. They are stored with a link and shown on no page."""
    return secrets.token_urlsafe(16)


def derive_token(key: str, purpose: LinkPurpose, nonce: str) -> str:
    """Return the secret part of a link's URL, 256 bits derived with the secret key of the installation."""
    digest = hmac.digest(key.encode(), f"roadmap {purpose} link {nonce}".encode(), "sha256")
    return urlsafe_b64encode(digest).decode().rstrip("=")


def links_of(kind: type[Link], person: User) -> Select[Link]:
    """Return a select of the links of one kind to this person's enrollments, including revoked ones."""
    links = select(kind).join(Enrollment, Enrollment.id == kind.enrollment_id)
    return links.where(Enrollment.user_id == person.id)


SHARE_LIFETIME = timedelta(days=30)
MAX_OPEN_SHARES = 50
SHARE_NAME_LENGTH = 80


class Share(SecretLink, kw_only=True):
    """A link to a report, live or as of a day, valid to the end of `expires_on` in its owner's time zone.

    `name` is what its owner calls it. Nobody else reads that.
    """

    __tablename__ = "shares"
    __table_args__ = (
        CheckConstraint("expires_on >= created_on", name="expires_on"),
        CheckConstraint("as_of <= created_on", name="as_of"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    enrollment: Mapped[Enrollment] = relationship(init=False, viewonly=True)

    created_on: Mapped[date]
    expires_on: Mapped[date]
    as_of: Mapped[date | None]
    shows_evidence: Mapped[bool]
    shows_names: Mapped[bool]
    name: Mapped[str | None] = mapped_column(String(SHARE_NAME_LENGTH), default=None)

    opens: Mapped[int] = mapped_column(default=0)
    # None before, and where the first time was before this was recorded.
    first_opened_at: Mapped[datetime | None] = mapped_column(default=None)
    last_opened_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def purpose(self) -> LinkPurpose:
        return LinkPurpose.SHARE

    def is_open(self, today: date) -> bool:
        """Return whether the link works; `today` is the day in its owner's time zone."""
        return self.revoked_at is None and today <= self.expires_on


def latest_expiry(today: date) -> date:
    """Return the same day a year later; 28 February for 29 February."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


def check_share_days(expires_on: date, as_of: date | None, *, today: date, started_on: date) -> None:
    """Raise Invalid for an expiry in the past or over a year ahead, or for a day that has no report."""
    if expires_on < today:
        raise invalid(expires_on="This date has passed. Choose today or a later date.")
    if expires_on > latest_expiry(today):
        last = latest_expiry(today).isoformat()
        raise invalid(expires_on=f"A link works for a year at most. Choose {last} or an earlier date.")
    if as_of is not None and as_of > today:
        raise invalid(as_of="This date is in the future. Choose today or an earlier date, or leave it empty.")
    if as_of is not None and as_of < started_on:
        first = started_on.isoformat()
        raise invalid(as_of=f"Nothing was recorded before {first}. Choose that date or a later one.")


class Feed(SecretLink, kw_only=True):
    """The badge or the calendar of an enrollment. At most one of each is active; a new one has a new URL."""

    __tablename__ = "feeds"
    __table_args__ = (
        CheckConstraint("purpose IN ('badge', 'calendar')", name="purpose"),
        partial_index("uq_feeds_one", "enrollment_id", "purpose", where="revoked_at IS NULL", unique=True),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    enrollment: Mapped[Enrollment] = relationship(init=False, viewonly=True)

    purpose: Mapped[LinkPurpose]


def token_of(link: Share | Feed, key: str) -> str | None:
    """Return the token of a stored link, or None when the key has changed since the link was made.

    Such a link still works, but its token cannot be derived any more.
    """
    token = derive_token(key, link.purpose, link.nonce)
    return token if hash_secret(token) == link.token_hash else None
