"""Sessions on the database: snapshots to read, short transactions to write, on SQLite and PostgreSQL."""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import Connection, event, exc, make_url
from sqlalchemy.orm import ORMExecuteState, Session

from roadmap.config import Config
from roadmap.domain.tables import join_classes
from roadmap.engines import LOCK_SECONDS, make_engines
from roadmap.standings import keep_committed

_UNAVAILABLE_SQLITE = (
    "BUSY",
    "CANTOPEN",
    "CORRUPT",
    "FULL",
    "IOERR",
    "LOCKED",
    "NOTADB",
    "PROTOCOL",
    "READONLY",
)

_AS_OF_EVENTS = ("numbers", "standings", "lists", "forecasts", "reports", "activities", "series")

# SQLite's own waiting is unfair under several writers; one queue in the process lets each have its turn.
_write_turn = threading.Lock()


class DatabaseUnavailable(Exception):
    """The database is gone, full, or locked for too long; the same request may work in a moment."""


class Database:
    """One database and its connections; give it the Config or an address."""

    def __init__(self, source: Config | str, *, threads: int = 4) -> None:
        join_classes()
        self.url = make_url(source.database_url if isinstance(source, Config) else source)
        self.engine, self._writer, self._asker = make_engines(self.url, threads)
        # What sessions keep between requests because it never changes: outlines of editions, and what the
        # events of an enrollment up to a number add up to. A change that is not committed has no number yet.
        self._kept = {name: OrderedDict[Any, Any]() for name in ("outlines", *_AS_OF_EVENTS)}

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and refuses to change anything; goes on while others write."""
        with translated(), _ReadingSession(self.engine, info=self._kept) as session:
            yield session

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A bare connection for one statement that reads, where a session would take longer than that."""
        with translated(), self._asker.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock; without `session.commit()` nothing it did stays."""
        with (
            translated(),
            self._turn(),
            _WritingSession(self._writer, expire_on_commit=False, info=self._kept_for_writing()) as session,
        ):
            yield session

    def _kept_for_writing(self) -> dict[str, Any]:
        """What a session that writes may read of what is kept, and what it knows until it commits."""
        return {**{name: self._kept[name] for name in ("outlines", "standings")}, "staged": OrderedDict()}

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A bare connection that takes the write lock when it begins, for changes of the schema."""
        with self._turn(), self._writer.connect() as connection:
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not _write_turn.acquire(timeout=LOCK_SECONDS):
            raise DatabaseUnavailable("database busy")
        try:
            yield
        finally:
            _write_turn.release()

    def dispose(self) -> None:
        """Close all idle connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()


@contextmanager
def translated() -> Iterator[None]:
    """Raise DatabaseUnavailable for what the database could not do now; other errors pass."""
    try:
        yield
    except exc.TimeoutError as error:
        raise DatabaseUnavailable("database busy") from error
    except exc.DBAPIError as error:
        if not _is_unavailable(error):
            raise
        why = str(error.orig).partition("\n")[0]
        raise DatabaseUnavailable(why) from error


def _is_unavailable(error: exc.DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        name = getattr(error.orig, "sqlite_errorname", "")
        return name.removeprefix("SQLITE_").startswith(_UNAVAILABLE_SQLITE)
    return error.connection_invalidated or isinstance(error, exc.OperationalError)


def refuse_changes(target: Session | type[Session]) -> None:
    """Make a session, or all of a class, raise where a query adds, changes or deletes, on every database."""

    def refuse(session: Session, *_: object) -> None:
        if session.new or session.dirty or session.deleted:
            raise RuntimeError("a reading session changes nothing")

    def refuse_statement(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            raise RuntimeError("a reading session changes nothing")

    event.listen(target, "before_flush", refuse)
    event.listen(target, "do_orm_execute", refuse_statement)


class _ReadingSession(Session):
    """A session that refuses to change anything."""


class _WritingSession(Session):
    """A session that hands on what it knows once it has committed."""

    def commit(self) -> None:
        super().commit()
        keep_committed(self)


# Once for all of them: to tell each new session took longer than its statements.
refuse_changes(_ReadingSession)
