"""Backups: one SQLite file from either database, while the server runs."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, text, update

from roadmap.db.backup_files import BackupProblem, check_backup, new_file, opened_backup
from roadmap.db.database import Database, translate_errors
from roadmap.db.manifests import Manifest, hash_contents, write_manifest
from roadmap.db.migrations import ADVICE, Schema, head, schema_of, upgrade
from roadmap.db.table_copies import LEFT_OUT, Advance, copy_rows, count_rows
from roadmap.domain.accounts.mails import Mail

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
    with Database(f"sqlite:///{path}") as target, database.reading() as session:
        upgrade(target)
        advance = progress(3 * sum(count_rows(session.connection()).values()))
        with target.migrating() as connection, connection.begin():
            copy_rows(session.connection(), connection, advance)
    return advance


def _finish(path: Path, *, version: str, at: datetime, advance: Advance) -> None:
    """Take out what does not belong into a backup, and add the manifest."""
    with Database(f"sqlite:///{path}") as copy, copy.migrating() as connection, connection.begin():
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
