"""Puts a backup into an empty database of either kind, which is also how an installation moves."""

from pathlib import Path

from sqlalchemy import Connection, func, select

from roadmap.db.backup_files import BackupProblem, check_backup, leftover_of, new_file, opened_backup
from roadmap.db.backups import Progress, no_progress
from roadmap.db.database import Database, translate_errors
from roadmap.db.manifests import Manifest, hash_contents, read_manifest
from roadmap.db.migrations import ADVICE, Schema, schema_of, upgrade
from roadmap.db.server_locks import keep_servers_out, replacing
from roadmap.db.table_copies import Advance, copy_rows
from roadmap.domain.accounts.users import User
from roadmap.domain.roadmaps.roadmaps import Roadmap


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
        with new_file(place) as unfinished, Database(f"sqlite:///{unfinished}") as new:
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
