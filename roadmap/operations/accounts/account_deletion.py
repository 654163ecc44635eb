"""Erasing an account: its rows go at once, and nobody waits long for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import Erasure, User
from roadmap.domain.mentoring.reviews import NOBODY, Review

_POINTERS = {
    "events": ("reason_id", "note_id", "evidence_id", "revision_id", "submission_id", "review_id"),
    "progress": ("reason_id", "note_id", "review_id"),
    "evidence": ("revision_id",),
}
"""The columns that name a text; no page looks anything up by them, so they have no index on SQLite."""


def erase(session: Session, user: User) -> None:
    """Delete an account and all rows that are its own; what others may keep loses its name."""
    session.add(Erasure(user_id=user.id))
    session.flush()
    session.execute(delete(Mail).where(Mail.recipient == user.email))
    # Answers to others stay, and lose the name here too: whoever copies the database copies no name.
    session.execute(update(Review).where(Review.reviewer_id == user.id).values(reviewer_name=NOBODY))
    with found_by_text(session):
        session.execute(delete(User).where(User.id == user.id))


@contextmanager
def found_by_text(session: Session) -> Iterator[None]:
    """Index what names a text meanwhile, where a long deletion would hold up all who write.

    SQLite looks through every event of everybody for each text that goes: six seconds among 100,000 events.
    The indexes belong to the transaction. PostgreSQL always has them: to make them would stop all who write.
    """
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    columns = [(table, column) for table, names in _POINTERS.items() for column in names]
    for table, column in columns:
        where = f"ON {table} ({column}) WHERE {column} IS NOT NULL"
        session.execute(text(f"CREATE INDEX {_name(table, column)} {where}"))
    yield
    for table, column in columns:
        session.execute(text(f"DROP INDEX {_name(table, column)}"))


def _name(table: str, column: str) -> str:
    return f"ix_erasing_{table}_{column}"
