"""Whether servers use a database, so that a restore never replaces what one of them has open.

On SQLite a server locks a file beside the database. On PostgreSQL it holds an advisory lock on a connection
of its own, which shows that it runs, also while nobody asks it anything.
"""

import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, exc, text

from roadmap.db.database import Database
from roadmap.db.errors import DatabaseUnavailable, translate_errors
from roadmap.domain.errors import RoadmapError

# Any number that nothing else in the database uses for an advisory lock.
SERVER_LOCK = 7_762_352_302
# After a restart of PostgreSQL, a server is seen again within this time.
PROBE_SECONDS = 5.0
_SHARE = text(f"SELECT pg_try_advisory_lock_shared({SERVER_LOCK})")
_TAKE = text(f"SELECT pg_try_advisory_xact_lock({SERVER_LOCK})")
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'roadmap' AND pid <> pg_backend_pid()"
)
_RESTORING = "a restore is running; start again when it is done"
_LOG = logging.getLogger("roadmap.db")


class InUse(RoadmapError):
    """Another process uses the database."""


@contextmanager
def serving(database: Database, *, insists: bool = True) -> Iterator[None]:
    """Show that a server uses the database; raises InUse while a restore replaces it.

    A worker that takes the place of another does not insist: PostgreSQL may be gone for a moment.
    """
    locked = (
        _locked(database, fcntl.LOCK_SH, _RESTORING)
        if database.is_sqlite
        else _staying_connected(database, insists=insists)
    )
    with locked:
        yield


@contextmanager
def replacing(database: Database) -> Iterator[None]:
    """Hold a SQLite database for a restore; raises InUse while a server has it."""
    with _locked(database, fcntl.LOCK_EX, "Roadmap is running: stop it first"):
        yield


def keep_servers_out(connection: Connection) -> None:
    """Let no server start until the transaction ends, on PostgreSQL.

    Raises InUse where one runs, or other processes of Roadmap are connected to this database.
    """
    if not connection.scalar(_TAKE) or connection.scalar(_OTHERS):
        raise InUse("Roadmap is running: stop it, and the timer of roadmap mail, first")


@contextmanager
def _locked(database: Database, how: int, why_not: str) -> Iterator[None]:
    place = str(database.url.database)
    if place.startswith("file:"):
        yield
        return
    file = Path(place)
    try:
        descriptor = os.open(file.with_name(f"{file.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        # A full disk or a missing folder: the database itself says what is wrong, and reads go on.
        yield
        return
    try:
        try:
            fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(why_not) from error
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _staying_connected(database: Database, *, insists: bool) -> Iterator[None]:
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
            raise InUse(_RESTORING)
        return connection
