"""Links whose address is the secret: made of a row's random bits, so that their owner can see them again."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from enum import StrEnum

from roadmap.domain.sessions import hash_secret

LEADS_NOWHERE = "This link leads nowhere. It may have expired or been revoked: ask whoever gave it to you."
NO_SUCH_LINK = "There is no such link of yours."


class LinkPurpose(StrEnum):
    """What a link lets its holder read; it opens nothing else."""

    SHARE = "share"
    BADGE = "badge"
    CALENDAR = "calendar"


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
