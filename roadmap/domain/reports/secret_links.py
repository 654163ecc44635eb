"""Links whose address is the secret: made of a row's random bits, so that their owner can see them again."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.domain.accounts.sessions import hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.base import Base, new_public_id
from roadmap.domain.learning.enrollments import Enrollment

LINK_NOT_FOUND = "This link leads nowhere. It may have expired or been revoked: ask whoever gave it to you."
NO_SUCH_LINK = "There is no such link of yours."


class LinkPurpose(StrEnum):
    """What a link lets its holder read; it opens nothing else."""

    SHARE = "share"
    BADGE = "badge"
    CALENDAR = "calendar"


class SecretLink(Base):
    """A row behind such a link; it has the SHA-256 of the secret, and the random bits that it is made of."""

    __abstract__ = True

    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    nonce: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


Link = TypeVar("Link", bound=SecretLink)


def new_nonce() -> str:
    """128 random bits that no page shows."""
    return secrets.token_urlsafe(16)


def derive_token(key: str, purpose: LinkPurpose, nonce: str) -> str:
    """The secret part of a link's address, 256 bits; without the installation's key nobody can make it."""
    digest = hmac.digest(key.encode(), f"roadmap {purpose} link {nonce}".encode(), "sha256")
    return urlsafe_b64encode(digest).decode().rstrip("=")


def token_again(key: str, purpose: LinkPurpose, nonce: str, token_hash: str) -> str | None:
    """The same once more for its owner; None after the key was changed, when it works and is unknown here."""
    token = derive_token(key, purpose, nonce)
    return token if hash_secret(token) == token_hash else None


def links_of(kind: type[Link], person: User) -> Select[Link]:
    """The links of one kind to this person's enrollments, revoked ones too."""
    own = select(kind).join(Enrollment, Enrollment.id == kind.enrollment_id)
    return own.where(Enrollment.user_id == person.id)
