"""Deletes an account with all its rows, fast enough that other requests do not wait long."""

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
"""The columns that refer to texts. No page looks anything up by them, so they have no index on SQLite."""


def erase(session: Session, user: User) -> None:
    """Delete an account and its own rows; reviews of other people's work stay without its name."""
    session.add(Erasure(user_id=user.id))
    session.flush()
    session.execute(delete(Mail).where(Mail.recipient == user.email))
    # Reviews of others stay; the name is deleted here too, so that no copy of the database has it.
    session.execute(update(Review).where(Review.reviewer_id == user.id).values(reviewer_name=NOBODY))
    with indexed_text_references(session):
        session.execute(delete(User).where(User.id == user.id))


@contextmanager
def indexed_text_references(session: Session) -> Iterator[None]:
    """Create temporary indexes on SQLite, because a long deletion would block all writers.

    Without them SQLite scans all events for each deleted text: six seconds with 100,000 events. They exist
    only within the transaction. PostgreSQL has them permanently; creating them there would block all writers.
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
