"""Sessions, sign-in attempts, and single-use links sent by mail."""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.users import EMAIL_LENGTH, NAME_LENGTH, User
from roadmap.domain.base import Base
from roadmap.domain.errors import NotFound

IDLE = timedelta(hours=12)
IDLE_REMEMBERED = timedelta(days=30)
MAX_SESSION = timedelta(days=90)
SEEN_EVERY = timedelta(minutes=1)
RESET_LIFETIME = timedelta(hours=2)
CONFIRMATION_LIFETIME = timedelta(days=2)


def new_secret() -> str:
    """Return a secret for a cookie or a mailed link: 256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Return the SHA-256 of a secret in hex, which is what is stored; accepts any text."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def expiry(*, created_at: datetime, seen_at: datetime, is_remembered: bool) -> datetime:
    """Return when an unused session ends: after its idle time, and after 90 days in any case."""
    return min(seen_at + (IDLE_REMEMBERED if is_remembered else IDLE), created_at + MAX_SESSION)


class SignIn(Base):
    """One session of a person; the cookie has the secret, this row its SHA-256 in hex."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    user: Mapped[User] = relationship(init=False, viewonly=True)

    created_at: Mapped[datetime]
    is_remembered: Mapped[bool]
    agent: Mapped[str] = mapped_column(String(200))

    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class Attempt(Base):
    """One attempt at a password or an address; stored, so that a restart does not reset the limits."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class PostedForm(Base):
    """A form that added something: the SHA-256 of what was sent, so that the same form adds it once."""

    __tablename__ = "posted_forms"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    posted_at: Mapped[datetime]


class TokenPurpose(StrEnum):
    """The only thing a mailed link can be used for."""

    REGISTRATION = "registration"
    PASSWORD = "password"
    ADDRESS = "address"


_GONE = "It has expired or has already been used."
_LINK_GONE = {
    TokenPurpose.REGISTRATION: (
        f"{_GONE} If you’ve confirmed your account, sign in; otherwise, create it again."
    ),
    TokenPurpose.PASSWORD: f"{_GONE} Request a new one.",
    TokenPurpose.ADDRESS: f"{_GONE} If your email hasn’t changed, request a new one.",
}


class LinkGone(NotFound):
    """A mailed link that has expired or was used; the message says what to do next."""

    def __init__(self, purpose: TokenPurpose) -> None:
        super().__init__(_LINK_GONE[purpose])
        self.purpose = purpose


class Token(Base):
    """A mailed link: the SHA-256 of its secret, its purpose, and the values to set when it is used."""

    __tablename__ = "tokens"
    __table_args__ = (CheckConstraint("(purpose = 'registration') = (user_id IS NULL)", name="user"),)

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[TokenPurpose]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)

    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    email: Mapped[str | None] = mapped_column(String(EMAIL_LENGTH), default=None)
    name: Mapped[str | None] = mapped_column(String(NAME_LENGTH), default=None)
    password_hash: Mapped[str | None] = mapped_column(String(256), default=None)
    time_zone: Mapped[str | None] = mapped_column(String(64), default=None)
