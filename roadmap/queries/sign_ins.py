"""What is known about sessions: the one a browser brings, and all of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session, class_mapper

from roadmap.domain.sessions import SignIn, hash_secret
from roadmap.domain.users import User
from roadmap.statements import Prepared

_sessions, _users = SignIn.__table__.c, User.__table__.c
_NAMES = [column.name for column in User.__table__.c]
_manager = class_mapper(User, configure=False).class_manager
# Columns instead of entities: this runs on every request and takes two thirds of the time.
_BY_TOKEN = Prepared(
    select(
        *(_sessions.id.label("session_id"), _sessions.created_at.label("begun_at")),
        *(_sessions.last_seen_at, _sessions.is_remembered),
        *User.__table__.c,
    )
    .join_from(SignIn.__table__, User.__table__, _users.id == _sessions.user_id)
    .where(
        _sessions.token_hash == bindparam("token_hash"),
        _sessions.expires_at > bindparam("at"),
        _users.disabled_at.is_(None),
    )
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A living session with its person, who belongs to no database session: to read and to pass on only.

    `person_row` is all that is stored about them, to see whether any of it has changed.
    """

    id: int
    created_at: datetime
    last_seen_at: datetime
    is_remembered: bool
    person: User
    person_row: tuple[object, ...]


def find_session(connection: Connection, secret: str, *, at: datetime) -> OpenSession | None:
    """The living session that this secret opens, with its person, in one statement."""
    rows = _BY_TOKEN.rows(connection, {"token_hash": hash_secret(secret), "at": at})
    if not rows:
        return None
    session_id, begun_at, last_seen_at, is_remembered, *person_row = rows[0]
    # Filled as a loaded row is: the constructor would draw a public id, and take longer than the statement.
    person: User = _manager.new_instance()
    person.__dict__.update(zip(_NAMES, person_row, strict=True))
    return OpenSession(session_id, begun_at, last_seen_at, is_remembered, person, tuple(person_row))


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
    """The living sessions of a person, the last used first; `this` is the one that asks."""
    statement = (
        select(SignIn)
        .where(SignIn.user_id == person.id, SignIn.expires_at > at)
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return [
        SignInRow(row.id, row.agent, row.created_at, row.last_seen_at, row.is_remembered, row.id == this)
        for row in session.scalars(statement)
    ]
