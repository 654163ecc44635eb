"""Accounts as administrators see them, without what people learn, and one account by its email."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.sessions import SignIn
from roadmap.domain.accounts.users import User
from roadmap.domain.characters import plain

PAGE = 50
_BY_ADDRESS = select(User).where(User.email == bindparam("email"))


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """One page of accounts; `next` is the `after` of the following page.

    Each account comes with the moment at which its session was used last, None without one.
    """

    rows: Sequence[tuple[User, datetime | None]]
    total: int
    next: str | None


def find_accounts_page(session: Session, *, words: str, after: str, at: datetime) -> AccountsPage:
    """Accounts by name whose name or email contains `words`, after the one with the public id `after`.

    Letters are compared here, as databases fold those of other scripts differently or not at all.
    """
    people = select(User.id, User.public_id, User.name, User.email).order_by(User.name, User.id)
    rows = session.execute(people).all()
    start = next((place + 1 for place, row in enumerate(rows) if row.public_id == after), 0)
    wanted = plain(words)
    matching = [place for place, row in enumerate(rows) if wanted in plain(f"{row.name}\n{row.email}")]
    following = [rows[place] for place in matching if place >= start]
    shown = following[:PAGE]
    last_seen = (
        select(func.max(SignIn.last_seen_at))
        .where(SignIn.user_id == User.id, SignIn.expires_at > at)
        .scalar_subquery()
    )
    statement = select(User, last_seen).where(User.id.in_([row.id for row in shown]))
    accounts = session.execute(statement.order_by(User.name, User.id))
    return AccountsPage(
        [(user, seen) for user, seen in accounts],
        len(matching),
        shown[-1].public_id if len(following) > PAGE else None,
    )


def ids_of_people(session: Session, words: str) -> list[int]:
    """The ids of accounts whose name or email contains `words`, in any script and case."""
    people = session.execute(select(User.id, User.name, User.email))
    return [row.id for row in people if plain(words) in plain(f"{row.name}\n{row.email}")]


def all_accounts(session: Session) -> Sequence[User]:
    return session.scalars(select(User).order_by(User.name, User.id)).all()


def user_by_address(session: Session, email: str) -> User | None:
    """The account with this normalized email, disabled or not; None without one."""
    return session.scalar(_BY_ADDRESS, {"email": email})
