"""Sessions on the database: snapshots to read, short transactions to write, on SQLite and PostgreSQL."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Self

from sqlalchemy import Connection, event, exc, make_url
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from roadmap.cache.caches import Caches, CachingSession, StagingSession
from roadmap.config import Config
from roadmap.db.causes import Cause, cause_of
from roadmap.db.engines import LOCK_SECONDS, WrongEncoding, make_engines
from roadmap.db.write_slots import WriteSlots
from roadmap.domain.errors import NotFound, RoadmapError
from roadmap.domain.models import join_classes

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

_FOREIGN_KEY_VIOLATION = "23503"
DELETED = "This was deleted in the meantime."

# SQLite's own waiting is unfair under several writers: a lock in the process is fair and takes less time.
_write_lock = threading.Lock()


class DatabaseUnavailable(RoadmapError):
    """The database is gone, full, or locked for too long; the same request may work in a moment."""

    def __init__(self, why: str, cause: Cause = Cause.UNREACHABLE) -> None:
        super().__init__(why)
        self.cause = cause


class Database:
    """One database and its connections; give it the Config or an address.

    `threads` is how many may use it at once; one of them stays free to read while the others wait to write.
    """

    def __init__(self, source: Config | str, *, threads: int = 4) -> None:
        join_classes()
        self.url = make_url(source.database_url if isinstance(source, Config) else source)
        self.engine, self._writer, self._autocommit, self._hurried = make_engines(self.url, threads)
        self._slots = WriteSlots(max(1, threads - 1))
        self.caches = Caches.empty()

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and refuses to change anything; goes on while others write."""
        with translate_errors(), ReadingSession(self.engine, caches=self.caches) as session:
            yield session
            # A rollback makes psycopg drop its prepared statements, and PostgreSQL plans the header of every
            # page anew, which takes ten times as long as its answer. What was read outlives the session.
            session.expunge_all()
            session.commit()

    @contextmanager
    def autocommit(self) -> Iterator[Connection]:
        """A connection without transactions, for a statement that refuses to run in one."""
        with translate_errors(), self._autocommit.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, waits: bool = True) -> Iterator[Session]:
        """A session that holds the write lock; without `session.commit()` nothing it did stays.

        With `waits=False` it raises DatabaseUnavailable where it would have to wait for others who write.
        """
        engine = self._writer if waits else self._hurried
        with (
            translate_errors(),
            _not_found_if_deleted(),
            self._slot() if waits else nullcontext(),
            self._write_lock(seconds=LOCK_SECONDS if waits else 0),
            StagingSession(engine, expire_on_commit=False, caches=self.caches) as session,
        ):
            yield session

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A bare connection that takes the write lock when it begins, for changes of the schema."""
        with self._write_lock(seconds=LOCK_SECONDS), self._writer.connect() as connection:
            yield connection

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire():
            raise DatabaseUnavailable("database busy", Cause.BUSY)
        try:
            yield
        finally:
            self._slots.release()

    @contextmanager
    def _write_lock(self, *, seconds: float) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not _write_lock.acquire(timeout=seconds):
            raise DatabaseUnavailable("database busy", Cause.BUSY)
        try:
            yield
        finally:
            _write_lock.release()

    def dispose(self) -> None:
        """Close all idle connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()


@contextmanager
def translate_errors() -> Iterator[None]:
    """Raise DatabaseUnavailable for what the database could not do now; other errors pass."""
    try:
        yield
    except exc.TimeoutError as error:
        raise DatabaseUnavailable("database busy", Cause.BUSY) from error
    except WrongEncoding as error:
        raise DatabaseUnavailable(str(error)) from error
    except exc.DBAPIError as error:
        if not _is_unavailable(error):
            raise
        why = str(error.orig).partition("\n")[0]
        raise DatabaseUnavailable(why, cause_of(error.orig)) from error


@contextmanager
def _not_found_if_deleted() -> Iterator[None]:
    """Raise NotFound where a row that a change refers to was deleted while the change waited for a lock."""
    try:
        yield
    except (ObjectDeletedError, StaleDataError, exc.NoResultFound) as error:
        raise NotFound(DELETED) from error
    except exc.IntegrityError as error:
        if not _is_broken_reference(error):
            raise
        raise NotFound(DELETED) from error


def _is_broken_reference(error: exc.IntegrityError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_FOREIGNKEY"
    return getattr(error.orig, "sqlstate", "") == _FOREIGN_KEY_VIOLATION


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


class ReadingSession(CachingSession):
    """A session that refuses to change anything."""


refuse_changes(ReadingSession)
