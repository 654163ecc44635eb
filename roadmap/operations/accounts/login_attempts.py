"""Limits attempts at passwords and addresses, also across parallel requests."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import Attempt
from roadmap.domain.errors import TooMany

WINDOW = timedelta(minutes=15)
AT_ONE_ACCOUNT = 10
FROM_ONE_ADDRESS = 50

# Built once and executed without the unit of work, so that signing in costs little more than its hash.
_rows = Attempt.__table__.c
_INSERT = insert(Attempt).returning(_rows.id)
_RECENT = (
    select(_rows.key, func.count(), func.min(_rows.at))
    .where(_rows.key.in_(bindparam("keys", expanding=True)), _rows.at > bindparam("since"))
    .group_by(_rows.key)
)
_DELETE = delete(Attempt).where(
    or_(_rows.id.in_(bindparam("ids", expanding=True)), _rows.key == bindparam("key"))
)


@dataclass(frozen=True, slots=True)
class AttemptLimit:
    """How often something may be attempted within the window, at one account or from one address."""

    kind: str
    who: str
    limit: int

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.kind}:{self.who}".encode(errors="replace")).hexdigest()


def at_account(email: str) -> AttemptLimit:
    """Return the limit for the account with this address, whether it exists or not."""
    return AttemptLimit("account", email, AT_ONE_ACCOUNT)


@dataclass(frozen=True, slots=True)
class VerifiedPassword:
    """The result of a correct password; pass it to `forget_failed_attempts` in the next transaction."""

    account: AttemptLimit
    noted: Sequence[int]


def add_attempts(session: Session, limits: Sequence[AttemptLimit], *, at: datetime) -> list[int]:
    """Record one attempt for each limit. Commit, call `check_attempts`, and only then do the costly work."""
    execute = session.connection().execute
    return [execute(_INSERT, {"key": limit.key, "at": at}).scalar_one() for limit in limits]


def check_attempts(session: Session, limits: Sequence[AttemptLimit], *, at: datetime) -> None:
    """Raise TooMany when a limit is exceeded. Attempts of parallel requests count too."""
    allowed = {limit.key: limit.limit for limit in limits}
    recent = session.connection().execute(_RECENT, {"keys": list(allowed), "since": at - WINDOW}).all()
    for key, count, first_at in recent:
        if count > allowed[key]:
            wait = first_at + WINDOW - at
            raise TooMany("Too many attempts.", retry_after=max(1, int(wait.total_seconds()) + 1))


def forget_attempts(session: Session, ids: Sequence[int]) -> None:
    """Delete refused attempts, so that a limit ends one window after the last attempt that counted."""
    session.connection().execute(_DELETE, {"ids": ids, "key": None})


def forget_account(session: Session, email: str) -> None:
    """Delete all attempts at an account, because its owner has confirmed the address."""
    session.connection().execute(_DELETE, {"ids": [], "key": at_account(email).key})


def forget_failed_attempts(session: Session, verified: VerifiedPassword) -> None:
    """Delete the successful attempt and all others at the account, because its owner has signed in."""
    session.connection().execute(_DELETE, {"ids": verified.noted, "key": verified.account.key})
