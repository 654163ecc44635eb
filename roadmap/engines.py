"""Engines of SQLAlchemy for SQLite and PostgreSQL: how connections are set up and transactions begin."""

import sqlite3
from typing import Any, NamedTuple

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

LOCK_SECONDS = 10
_POSTGRESQL: dict[str, Any] = {
    "connect_timeout": 5,
    "application_name": "roadmap",
    "options": f"-c lock_timeout={LOCK_SECONDS}s -c statement_timeout=60s"
    " -c idle_in_transaction_session_timeout=60s",
}
_ONE_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class SqliteReads(SQLiteDialect_pysqlite):
    """Begins transactions itself; an event on the engine that did it doubled the cost of each."""

    supports_statement_cache = True
    begin = "BEGIN"

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.execute(self.begin).close()


class SqliteAsks(SqliteReads):
    """Begins and ends nothing: each statement is a transaction of its own."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        pass

    def do_rollback(self, dbapi_connection: Any) -> None:
        pass


class SqliteWrites(SqliteReads):
    """Takes the write lock at once: what is read before a change can then not change meanwhile."""

    supports_statement_cache = True
    begin = "BEGIN IMMEDIATE"


registry.register("sqlite.reads", __name__, "SqliteReads")
registry.register("sqlite.asks", __name__, "SqliteAsks")
registry.register("sqlite.writes", __name__, "SqliteWrites")


class Engines(NamedTuple):
    """One engine whose transactions read, one whose write, and one that asks without transactions."""

    reads: Engine
    writes: Engine
    asks: Engine


# Errors are logged with their statement; what people typed would be in its parameters.
def make_engines(url: URL, threads: int) -> Engines:
    """The engines of a database; they share their connections."""
    if url.get_backend_name() == "sqlite":
        reads = _sqlite_engine(url, threads)
        others = [
            create_engine(url.set(drivername=f"sqlite+{name}"), pool=reads.pool, hide_parameters=True)
            for name in ("writes", "asks")
        ]
        return Engines(reads, *others)
    writes = _postgresql_engine(url, threads)
    asks = writes.execution_options(isolation_level="AUTOCOMMIT")
    return Engines(writes.execution_options(**_ONE_SNAPSHOT), writes, asks)


def _postgresql_engine(url: URL, threads: int) -> Engine:
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=threads + 1,
        pool_timeout=LOCK_SECONDS,
        # One round trip per checkout; without it the first request after a restart of the server fails.
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={key: value for key, value in _POSTGRESQL.items() if key not in url.query},
    )


def _sqlite_engine(url: URL, threads: int) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+reads"),
        pool_size=threads + 1,
        pool_timeout=LOCK_SECONDS,
        # The connection that wrote last: every other one has to read again what it had in memory.
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={"timeout": LOCK_SECONDS},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


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
