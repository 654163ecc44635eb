"""Sessions on the database: snapshots to read, short transactions to write, on SQLite and PostgreSQL."""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url
from sqlalchemy.orm import ORMExecuteState, Session

from roadmap.config import Config

LOCK_SECONDS = 10
_WRITES = "roadmap_writes"
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
_POSTGRESQL: dict[str, Any] = {
    "connect_timeout": 5,
    "application_name": "roadmap",
    "options": f"-c lock_timeout={LOCK_SECONDS}s -c statement_timeout=60s"
    " -c idle_in_transaction_session_timeout=60s",
}

# SQLite's own waiting is unfair under several writers; one queue in the process lets each have its turn.
_write_turn = threading.Lock()


class DatabaseUnavailable(Exception):
    """The database is gone, full, or locked for too long; the same request may work in a moment."""


class Database:
    """One database and its connections; give it the Config or an address."""

    def __init__(self, source: Config | str, *, threads: int = 4) -> None:
        self.url = make_url(source.database_url if isinstance(source, Config) else source)
        self.engine = _engine(self.url, threads)
        # What sessions may keep between requests: the outlines of editions, which never change.
        self.kept: dict[Any, Any] = {"outlines": OrderedDict()}
        self._reader = self.engine.execution_options(**_reader_options(self.url))
        self._writer = self.engine.execution_options(**{_WRITES: True})

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and refuses to change anything; goes on while others write."""
        with translated(), Session(self._reader, expire_on_commit=False, info=self.kept) as session:
            refuse_changes(session)
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the write lock; without `session.commit()` nothing it did stays."""
        with (
            translated(),
            self._turn(),
            Session(self._writer, expire_on_commit=False, info=self.kept) as session,
        ):
            yield session

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


def refuse_changes(session: Session) -> None:
    """Make this session raise where a query tries to add, change or delete, on every database."""

    def refuse(*_: object) -> None:
        if session.new or session.dirty or session.deleted:
            raise RuntimeError("a reading session changes nothing")

    def refuse_statement(state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            raise RuntimeError("a reading session changes nothing")

    event.listen(session, "before_flush", refuse)
    event.listen(session, "do_orm_execute", refuse_statement)


def _engine(url: URL, threads: int) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, threads)
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=threads + 1,
        pool_timeout=LOCK_SECONDS,
        # One round trip per checkout; without it the first request after a restart of the server fails.
        pool_pre_ping=True,
        connect_args={key: value for key, value in _POSTGRESQL.items() if key not in url.query},
    )


def _sqlite_engine(url: URL, threads: int) -> Engine:
    engine = create_engine(
        url, pool_size=threads + 1, pool_timeout=LOCK_SECONDS, connect_args={"timeout": LOCK_SECONDS}
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _reader_options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        return {}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # The driver must not open transactions itself: it would begin deferred ones, which lose updates.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
