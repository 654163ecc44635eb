"""Attempts at passwords and addresses, counted so that parallel requests cannot outrun the limit."""

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

# Made once and sent without the unit of work: signing in is to cost little more than its hash.
_rows = Attempt.__table__.c
_NOTE = insert(Attempt).returning(_rows.id)
_RECENT = (
    select(_rows.key, func.count(), func.min(_rows.at))
    .where(_rows.key.in_(bindparam("keys", expanding=True)), _rows.at > bindparam("since"))
    .group_by(_rows.key)
)
_FORGET = delete(Attempt).where(
    or_(_rows.id.in_(bindparam("ids", expanding=True)), _rows.key == bindparam("key"))
)


@dataclass(frozen=True, slots=True)
class AttemptLimit:
    """What may be attempted this often within the window: at one account, from one address."""

    kind: str
    who: str
    limit: int

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.kind}:{self.who}".encode(errors="replace")).hexdigest()


def at_account(email: str) -> AttemptLimit:
    """What may be attempted at the account with this address, whether there is one or not."""
    return AttemptLimit("account", email, AT_ONE_ACCOUNT)


@dataclass(frozen=True, slots=True)
class VerifiedPassword:
    """Somebody gave the right password; `forget_failed_attempts` it in the transaction it was asked for."""

    account: AttemptLimit
    noted: Sequence[int]


def add_attempts(session: Session, budgets: Sequence[AttemptLimit], *, at: datetime) -> list[int]:
    """Note one attempt on each budget. Commit, then `check_attempts`, and only then do the costly thing."""
    note = session.connection().execute
    return [note(_NOTE, {"key": budget.key, "at": at}).scalar_one() for budget in budgets]


def check_attempts(session: Session, budgets: Sequence[AttemptLimit], *, at: datetime) -> None:
    """Raise TooMany when a budget is overspent. All noted attempts count, those of parallel requests too."""
    limits = {budget.key: budget.limit for budget in budgets}
    recent = session.connection().execute(_RECENT, {"keys": list(limits), "since": at - WINDOW}).all()
    for key, count, first_at in recent:
        if count > limits[key]:
            wait = first_at + WINDOW - at
            raise TooMany("Too many attempts.", retry_after=max(1, int(wait.total_seconds()) + 1))


def forget_attempts(session: Session, ids: Sequence[int]) -> None:
    """Take back attempts that were refused; so a limit ends a window after the last one that counted."""
    session.connection().execute(_FORGET, {"ids": ids, "key": None})


def forget_account(session: Session, email: str) -> None:
    """Forget all attempts at an account: its owner has proved the address."""
    session.connection().execute(_FORGET, {"ids": [], "key": at_account(email).key})


def forget_failed_attempts(session: Session, proof: VerifiedPassword) -> None:
    """Forget the attempt that was right, and all others at the account: its owner has come in."""
    session.connection().execute(_FORGET, {"ids": proof.noted, "key": proof.account.key})
