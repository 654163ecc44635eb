"""A server's own connection to PostgreSQL, which shows that it runs, also while nobody asks it anything."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, exc, text

from roadmap.db.database import Database, DatabaseUnavailable, translate_errors
from roadmap.domain.errors import RoadmapError

# Any number that nothing else in the database uses for an advisory lock.
SERVER_LOCK = 7_762_352_302
# After a restart of PostgreSQL, a server is seen again within this time.
PROBE_SECONDS = 5.0
_SHARE = text(f"SELECT pg_try_advisory_lock_shared({SERVER_LOCK})")
_LOG = logging.getLogger("roadmap.db")


class InUse(RoadmapError):
    """Another process uses the database."""


@contextmanager
def staying_connected(database: Database, *, insists: bool) -> Iterator[None]:
    """Hold a shared advisory lock on a connection of its own, and get it again when the connection is lost.

    With `insists`, raises InUse while a restore runs and DatabaseUnavailable where nothing answers.
    """
    connection = _try_to_connect(database, insists=insists)
    ends = threading.Event()
    thread = threading.Thread(
        target=_stay_connected, args=(database, connection, ends), daemon=True, name="server lock"
    )
    thread.start()
    try:
        yield
    finally:
        ends.set()
        thread.join(timeout=1)


def _stay_connected(database: Database, connection: Connection | None, ends: threading.Event) -> None:
    while not ends.wait(PROBE_SECONDS):
        if connection is None or not _is_there(connection):
            connection = _try_to_connect(database, insists=False)
    if connection is not None:
        connection.close()


def _is_there(connection: Connection) -> bool:
    try:
        connection.execute(text("SELECT 1"))
    except exc.DBAPIError:
        connection.close()
        return False
    return True


def _try_to_connect(database: Database, *, insists: bool) -> Connection | None:
    try:
        return _connect(database)
    except (DatabaseUnavailable, InUse) as problem:
        if insists:
            raise
        _LOG.warning("%s", problem)
        return None


def _connect(database: Database) -> Connection:
    with translate_errors():
        connection = database.engine.execution_options(isolation_level="AUTOCOMMIT").connect()
        # It is not one of the pool: closing it gives up the lock.
        connection.detach()
        if not connection.scalar(_SHARE):
            connection.close()
            raise InUse("a restore is running; start again when it is done")
        return connection
