"""Moving the schema of a database up or down, one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from roadmap.database import Database, translated
from roadmap.domain.tables import METADATA
from roadmap.paths import MIGRATIONS

# Any number will do, as long as nothing else on the same server uses it for an advisory lock.
_ADVISORY_LOCK = 7_762_352_301


class BrokenReferences(Exception):
    """A migration left rows that point nowhere; nothing of it was kept."""


def upgrade(database: Database, to: str = "head") -> None:
    """Run the migrations up to a revision, all or none."""
    with migration_connection(database) as connection:
        command.upgrade(_alembic(connection), to)


def downgrade(database: Database, to: str) -> None:
    """Take the migrations back to a revision, all or none; `base` drops every table."""
    with migration_connection(database) as connection:
        command.downgrade(_alembic(connection), to)


def differences(database: Database) -> list[Any]:
    """What the mapped classes have and the database has not, or the other way round."""
    with translated(), database.engine.connect() as connection:
        here = connection.dialect.name
        opts = {"include_object": lambda thing, *_: thing.info.get("only_on", here) == here}
        found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=opts), METADATA)
        return found


@contextmanager
def migration_connection(database: Database) -> Iterator[Connection]:
    """One transaction under the lock that keeps a second migration out; it commits at the end."""
    run = _on_sqlite if database.is_sqlite else _on_postgresql
    with translated(), database.migrating() as connection, run(connection):
        yield connection


@contextmanager
def _on_postgresql(connection: Connection) -> Iterator[None]:
    with connection.begin():
        connection.execute(text("SET LOCAL statement_timeout = '10min'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        yield


@contextmanager
def _on_sqlite(connection: Connection) -> Iterator[None]:
    raw = connection.connection.dbapi_connection
    # Rebuilding a table drops it: with foreign keys on, that would delete its children by cascade, and
    # without the legacy rename, triggers that name it would stop the rename. Only works before BEGIN.
    _pragmas(raw, "foreign_keys = OFF", "legacy_alter_table = ON")
    try:
        with connection.begin():
            yield
            if broken := connection.execute(text("PRAGMA foreign_key_check")).all():
                raise BrokenReferences(
                    f"rows point nowhere, in {', '.join(sorted({each[0] for each in broken}))}"
                )
    finally:
        _pragmas(raw, "foreign_keys = ON", "legacy_alter_table = OFF")


def _pragmas(raw: Any, *pragmas: str) -> None:
    for pragma in pragmas:
        raw.execute(f"PRAGMA {pragma}").close()


def _alembic(connection: Connection | None = None) -> AlembicConfig:
    config = AlembicConfig(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
