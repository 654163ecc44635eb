"""Backups: one SQLite file from either database, while the server runs, and put into an empty one.

That is also how an installation moves from one kind of database to the other.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, func, select, text, update

from roadmap.config.addresses import sqlite_url
from roadmap.db.backup_files import (
    BackupProblem,
    Manifest,
    check_backup,
    hash_contents,
    leftover_of,
    new_file,
    opened_backup,
    read_manifest,
    write_manifest,
)
from roadmap.db.database import Database
from roadmap.db.errors import translate_errors
from roadmap.db.migrations import ADVICE, Schema, head, schema_of, upgrade
from roadmap.db.server_locks import keep_servers_out, replacing
from roadmap.db.table_copies import LEFT_OUT, Advance, copy_rows, count_rows
from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.roadmaps.roadmaps import Roadmap

NOT_SENT = "not sent: its text is not in backups"
Progress = Callable[[int], Advance]


def no_progress(_: int) -> Advance:
    """What a caller without a terminal gives as its progress."""
    return lambda _: None


def make_backup(
    database: Database, path: Path, *, version: str, at: datetime, progress: Progress = no_progress
) -> Manifest:
    """Copy the database into a new file and return its manifest; raises BackupProblem, and no file stays.

    `progress` gets the number of rows to expect and returns a function that takes how many more are done.
    """
    if path.exists():
        raise BackupProblem(f"{path} exists already: choose another name")
    schema = schema_of(database)
    if schema is not Schema.CURRENT:
        raise BackupProblem(f"the database has an {schema} schema. {ADVICE[schema]}")
    with new_file(path) as unfinished, translate_errors():
        advance = _copy_from(database, unfinished, progress)
        _finish(unfinished, version=version, at=at, advance=advance)
        with opened_backup(unfinished) as connection:
            return check_backup(connection, path, advance)


def _copy_from(database: Database, path: Path, progress: Progress) -> Advance:
    if database.is_sqlite:
        with database.autocommit() as connection:
            advance = progress(2 * sum(count_rows(connection).values()))
            connection.execute(text("VACUUM INTO :path"), {"path": str(path)})
        return advance
    with Database(sqlite_url(path)) as target, database.reading() as session:
        upgrade(target)
        advance = progress(3 * sum(count_rows(session.connection()).values()))
        with target.migrating() as connection, connection.begin():
            copy_rows(session.connection(), connection, advance)
    return advance


def _finish(path: Path, *, version: str, at: datetime, advance: Advance) -> None:
    """Take out what does not belong into a backup, and add the manifest."""
    with Database(sqlite_url(path)) as copy, copy.migrating() as connection, connection.begin():
        for kind in LEFT_OUT:
            connection.execute(delete(kind))
        has_text = Mail.body.is_not(None)
        connection.execute(
            update(Mail).where(has_text, Mail.started_at.is_(None)).values(started_at=at, failure=NOT_SENT)
        )
        connection.execute(update(Mail).where(has_text).values(body=None))
        rows, sha256 = count_rows(connection), hash_contents(connection, advance)
        made_at = at.isoformat(timespec="seconds")
        write_manifest(connection, Manifest(head(), version, made_at, rows, sha256))


def check_file(path: Path, *, progress: Progress = no_progress) -> Manifest:
    """Check a backup without restoring it and return its manifest; raises BackupProblem."""
    with opened_backup(path) as connection:
        return check_backup(connection, path, progress(_total(connection)))


def restore(database: Database, path: Path, *, progress: Progress = no_progress) -> Manifest:
    """Fill an empty database from a backup and return its manifest.

    Raises BackupProblem or InUse, and then the database is as it was.
    """
    with opened_backup(path) as source:
        advance = progress(3 * _total(source))
        manifest = check_backup(source, path, advance)
        with translate_errors():
            if database.is_sqlite:
                _restore_file(database, source, manifest, advance)
            else:
                _check_is_empty(database)
                upgrade(database)
                with database.migrating() as target, target.begin():
                    keep_servers_out(target)
                    _fill(target, source, manifest, advance)
    return manifest


def _restore_file(database: Database, source: Connection, manifest: Manifest, advance: Advance) -> None:
    """Make the new database in a file of its own, which takes the place of the old one at the end."""
    place = Path(str(database.url.database))
    with replacing(database):
        if leftover := leftover_of(place):
            raise BackupProblem(
                f"{leftover} is there: a server runs, or one did not end well. Start and stop it, "
                "or move the file away"
            )
        if place.exists():
            _check_is_empty(database)
            database.dispose()
        with new_file(place) as unfinished, Database(sqlite_url(unfinished)) as new:
            upgrade(new)
            with new.migrating() as target, target.begin():
                _fill(target, source, manifest, advance)


def _fill(target: Connection, source: Connection, manifest: Manifest, advance: Advance) -> None:
    copy_rows(source, target, advance)
    if hash_contents(target, advance) != manifest.sha256:
        raise BackupProblem("the restored data differs from the backup, so it was rolled back")


def _check_is_empty(database: Database) -> None:
    schema = schema_of(database)
    if schema is Schema.EMPTY:
        return
    if schema is not Schema.CURRENT:
        raise BackupProblem(f"the database to restore into has an {schema} schema. {ADVICE[schema]}")
    with database.reading() as session:
        people = session.scalar(select(func.count()).select_from(User)) or 0
        own = session.scalar(select(func.count()).where(Roadmap.is_built_in.is_(False))) or 0
    if people or own:
        raise BackupProblem(
            f"the database to restore into is not empty: it has {people} accounts and {own} roadmaps of its "
            "own. Choose an empty one with ROADMAP_DATA or ROADMAP_DATABASE_URL"
        )


def _total(connection: Connection) -> int:
    manifest = read_manifest(connection)
    return manifest.total if manifest else 0
