"""Attempts at passwords and addresses, counted so that parallel requests cannot outrun the limit."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from roadmap.domain.errors import TooMany
from roadmap.domain.sessions import Attempt

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be attempted this often within the window: at one account, from one address."""

    kind: str
    who: str
    limit: int

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.kind}:{self.who}".encode(errors="replace")).hexdigest()


def add_attempts(session: Session, budgets: Sequence[Budget], *, at: datetime) -> list[int]:
    """Note one attempt on each budget. Commit, then `check_attempts`, and only then do the costly thing."""
    rows = [{"key": budget.key, "at": at} for budget in budgets]
    return list(session.scalars(insert(Attempt).returning(Attempt.id), rows))


def check_attempts(session: Session, budgets: Sequence[Budget], *, at: datetime) -> None:
    """Raise TooMany when a budget is overspent. All noted attempts count, those of parallel requests too."""
    for budget in budgets:
        recent = select(func.count(), func.min(Attempt.at)).where(
            Attempt.key == budget.key, Attempt.at > at - WINDOW
        )
        count, first_at = session.execute(recent).one()
        if count > budget.limit:
            wait = first_at + WINDOW - at
            raise TooMany("Too many attempts.", retry_after=max(1, int(wait.total_seconds()) + 1))


def forget_attempts(session: Session, ids: Sequence[int]) -> None:
    """Take back attempts that were refused or right; so a limit ends a window after the last that counted."""
    session.execute(delete(Attempt).where(Attempt.id.in_(ids)))


def forget_account(session: Session, budget: Budget) -> None:
    """Forget all attempts on a budget: the person who owns the account has come in."""
    session.execute(delete(Attempt).where(Attempt.key == budget.key))
