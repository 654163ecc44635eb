"""Whether servers use a database, so that a restore never replaces what one of them has open."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

from roadmap.db.database import Database
from roadmap.db.server_connections import SERVER_LOCK, InUse, staying_connected

_TAKE = text(f"SELECT pg_try_advisory_xact_lock({SERVER_LOCK})")
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'roadmap' AND pid <> pg_backend_pid()"
)


@contextmanager
def serving(database: Database, *, insists: bool = True) -> Iterator[None]:
    """Show that a server uses the database; raises InUse while a restore replaces it.

    A worker that takes the place of another does not insist: PostgreSQL may be gone for a moment.
    """
    locked = (
        _locked(database, fcntl.LOCK_SH, "a restore is running; start again when it is done")
        if database.is_sqlite
        else staying_connected(database, insists=insists)
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
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise InUse(why_not) from error
    finally:
        os.close(descriptor)
