"""Sessions of people and mailed links, found by their secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import LinkGone, SignIn, Token, TokenPurpose, hash_secret
from roadmap.domain.accounts.users import User

# Asked on every request, so built once.
_FIND = (
    select(User, SignIn.id, SignIn.last_seen_at)
    .join(SignIn, SignIn.user_id == User.id)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.expires_at > bindparam("at"),
        User.disabled_at.is_(None),
    )
)


def find_session(session: Session, secret: str, *, at: datetime) -> Row[User, int, datetime] | None:
    """The person of the unexpired session with this secret, its id, and when it was last seen, or None."""
    return session.execute(_FIND, {"token_hash": hash_secret(secret), "at": at}).one_or_none()


def sign_ins_of(session: Session, person: User, *, at: datetime) -> Sequence[SignIn]:
    """The unexpired sessions of a person, the last used first."""
    statement = (
        select(SignIn)
        .where(SignIn.user_id == person.id, SignIn.expires_at > at)
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return session.scalars(statement).all()


@dataclass(frozen=True, slots=True)
class LinkView:
    """The name and email of the account that a mailed link belongs to or would create."""

    name: str
    email: str
    expires_at: datetime


def find_link(session: Session, secret: str, purpose: TokenPurpose, *, at: datetime) -> LinkView:
    """The unexpired mailed link for this purpose; looking does not use it up. Raises NotFound."""
    row = session.execute(
        select(Token, User)
        .outerjoin(User, User.id == Token.user_id)
        .where(Token.token_hash == hash_secret(secret), Token.purpose == purpose, Token.expires_at > at)
    ).first()
    if row is None:
        raise LinkGone(purpose)
    token, user = row
    name = user.name if user else token.name
    return LinkView(name or "", token.email or user.email, token.expires_at)
