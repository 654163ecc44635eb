"""Databases to back up and to restore into, and what they hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from roadmap.db.backup_files import Manifest, hash_contents
from roadmap.db.backups import make_backup
from roadmap.db.database import Database
from tests.support.cast import NOON
from tests.support.fixtures.postgresql import new_postgresql_database
from tests.support.rows.sample_rows import fill


def fill_database(database: Database) -> None:
    """Put a row into every table."""
    with database.writing() as session:
        fill(session)
        session.commit()


@contextmanager
def empty_target(kind: str, folder: Path, postgresql_address: str) -> Iterator[Database]:
    """A database of this kind without a schema."""
    if kind == "sqlite":
        with Database(f"sqlite:///{folder}/target.sqlite3") as database:
            yield database
        return
    with new_postgresql_database(postgresql_address) as url, Database(url) as database:
        yield database


def back_up(database: Database, path: Path, **more: object) -> Manifest:
    return make_backup(database, path, version="1.2.3", at=NOON, **more)


def contents(database: Database) -> str:
    """The hash of all rows that a backup has."""
    with database.reading() as session:
        return hash_contents(session.connection(), lambda _: None)


def triggers(database: Database) -> list[str]:
    """The triggers that are there and switched on."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    if not database.is_sqlite:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O' ORDER BY tgname"
    with database.reading() as session:
        return list(session.scalars(text(query)))
