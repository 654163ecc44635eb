"""Sessions of people and mailed links, found by their secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import LINK_GONE, SignIn, Token, TokenPurpose, hash_secret
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that has not expired, with its person."""

    id: int
    created_at: datetime
    last_seen_at: datetime
    is_remembered: bool
    person: User


# Asked on every request, so built once.
_FIND: Any = (
    select(SignIn, User)
    .join(User, User.id == SignIn.user_id)
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.expires_at > bindparam("at"),
        User.disabled_at.is_(None),
    )
)


def find_session(session: Session, secret: str, *, at: datetime) -> OpenSession | None:
    """The unexpired session with this secret and its person, in one statement; None without one."""
    row = session.execute(_FIND, {"token_hash": hash_secret(secret), "at": at}).one_or_none()
    if row is None:
        return None
    sign_in, person = row
    return OpenSession(sign_in.id, sign_in.created_at, sign_in.last_seen_at, sign_in.is_remembered, person)


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One session as its owner sees it in the settings."""

    id: int
    agent: str
    created_at: datetime
    last_seen_at: datetime
    is_remembered: bool
    is_this_one: bool


def sign_ins_of(session: Session, person: User, *, this: int, at: datetime) -> Sequence[SignInRow]:
    """The unexpired sessions of a person, the last used first; `this` is the id of the current one."""
    statement = (
        select(SignIn)
        .where(SignIn.user_id == person.id, SignIn.expires_at > at)
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return [
        SignInRow(row.id, row.agent, row.created_at, row.last_seen_at, row.is_remembered, row.id == this)
        for row in session.scalars(statement)
    ]


@dataclass(frozen=True, slots=True)
class LinkView:
    """The name and email of the account that a mailed link belongs to or would create."""

    name: str
    email: str
    expires_at: datetime


def find_link(session: Session, secret: str, purpose: TokenPurpose, *, at: datetime) -> LinkView:
    """The unexpired mailed link for this purpose; looking does not use it up. Raises NotFound."""
    found = session.execute(
        select(Token, User)
        .outerjoin(User, User.id == Token.user_id)
        .where(Token.token_hash == hash_secret(secret), Token.purpose == purpose, Token.expires_at > at)
    ).first()
    if found is None:
        raise NotFound(LINK_GONE[purpose])
    token, user = found
    name = user.name if user else token.name
    return LinkView(name or "", token.email or user.email, token.expires_at)
