"""Engines of SQLAlchemy for SQLite and PostgreSQL: how connections are set up and transactions begin."""

import sqlite3
from typing import Any, NamedTuple
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event

LOCK_SECONDS = 10
# For the thread that sends mail, and for a short write while a page is read.
SPARE_CONNECTIONS = 2


class WrongEncoding(Exception):
    """A PostgreSQL database that cannot hold all characters."""


_POSTGRESQL: dict[str, Any] = {
    "connect_timeout": 5,
    # Whatever PGCLIENTENCODING says.
    "client_encoding": "utf8",
    "application_name": "roadmap",
    "options": f"-c lock_timeout={LOCK_SECONDS}s -c statement_timeout=60s"
    " -c idle_in_transaction_session_timeout=60s"
    # Among six million events PostgreSQL expects more rows of one learner than there are, and starts a second
    # process for them: a history took 10 ms instead of 1.
    " -c max_parallel_workers_per_gather=0 -c jit=off",
}
_ONE_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class Engines(NamedTuple):
    """Engines whose transactions read, or write, or do not exist, or write only where no lock is held."""

    reads: Engine
    writes: Engine
    autocommit: Engine
    hurried: Engine


def make_engines(url: URL, threads: int) -> Engines:
    """The engines of a database; they share their connections."""
    return _sqlite_engines(url, threads) if url.get_backend_name() == "sqlite" else _postgresql(url, threads)


def _postgresql(url: URL, threads: int) -> Engines:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=threads + SPARE_CONNECTIONS,
        pool_timeout=LOCK_SECONDS,
        # One round trip per checkout; without it the first request after a restart of the server fails.
        pool_pre_ping=True,
        # Errors are logged with their statement; what people typed would be in its parameters.
        hide_parameters=True,
        connect_args={key: value for key, value in _POSTGRESQL.items() if key not in url.query},
    )
    # Before SQLAlchemy's own listener, which cannot read what a server without an encoding says.
    event.listen(engine, "connect", _check_encoding, insert=True)
    hurried = engine.execution_options()
    event.listen(hurried, "begin", _wait_for_no_lock)
    return Engines(
        reads=engine.execution_options(**_ONE_SNAPSHOT),
        writes=engine,
        autocommit=engine.execution_options(isolation_level="AUTOCOMMIT"),
        hurried=hurried,
    )


def _check_encoding(connection: Any, _: object) -> None:
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise WrongEncoding(f"the database has the encoding {encoding}: recreate it with ENCODING 'UTF8'")


def _wait_for_no_lock(connection: Connection) -> None:
    connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")


def _sqlite_engines(url: URL, threads: int) -> Engines:
    engine = create_engine(
        url,
        pool_size=threads + SPARE_CONNECTIONS,
        pool_timeout=LOCK_SECONDS,
        # The connection that wrote last: every other one has to read again what it had in memory.
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={"timeout": LOCK_SECONDS, "factory": SqliteConnection},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "checkin", _close_cursors)
    event.listen(engine, "begin", _begin_sqlite)
    return Engines(
        reads=engine,
        writes=engine.execution_options(sqlite_begin="BEGIN IMMEDIATE"),
        autocommit=engine.execution_options(sqlite_begin=None),
        hurried=engine.execution_options(sqlite_begin="BEGIN IMMEDIATE", sqlite_waits=False),
    )


class SqliteConnection(sqlite3.Connection):
    """A connection that knows which of its cursors are still there."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any, **options: Any) -> Any:
        """A new cursor."""
        cursor = super().cursor(*args, **options)
        self.cursors.add(cursor)
        return cursor


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # The driver must not open transactions itself: it would begin deferred ones, which lose updates.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        # What is deleted is overwritten, whatever this SQLite was built with.
        "secure_delete = ON",
        "foreign_keys = ON",
        "recursive_triggers = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once for a unit that writes: what it reads first cannot change meanwhile."""
    options = connection.get_execution_options()
    statement = options.get("sqlite_begin", "BEGIN")
    if statement is None:
        return
    if options.get("sqlite_waits", True):
        connection.exec_driver_sql(statement)
        return
    connection.exec_driver_sql("PRAGMA busy_timeout = 0").close()
    try:
        connection.exec_driver_sql(statement)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(LOCK_SECONDS * 1000)}").close()


def _close_cursors(connection: SqliteConnection | None, _: object) -> None:
    """Close what was not read to its end.

    A rollback leaves such a cursor open, for example in the traceback of an error, and an open cursor keeps
    its snapshot: whoever gets the connection next would read the past and could not write.
    """
    if connection is not None:
        for cursor in list(connection.cursors):
            cursor.close()
