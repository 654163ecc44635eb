"""The schema of a database: which one it has, and moving it up or down, one process at a time.

Alembic is imported where something migrates: every command asks for the schema, and Alembic would be a tenth
of the memory of a report.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from roadmap.db.database import Database
from roadmap.db.errors import translate_errors
from roadmap.domain.errors import RoadmapError
from roadmap.domain.models import METADATA
from roadmap.paths import MIGRATIONS

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

_TABLE = "alembic_version"
_REVISIONS = text("SELECT version_num FROM alembic_version ORDER BY version_num")
# Any number will do, as long as nothing else on the same server uses it for an advisory lock.
_ADVISORY_LOCK = 7_762_352_301


class Schema(StrEnum):
    """How the schema of a database relates to the one this software wants."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    UNKNOWN = "unknown"


ADVICE = {
    Schema.EMPTY: "roadmap serve sets it up.",
    Schema.OLDER: "Back it up, then run: roadmap database upgrade",
    Schema.UNKNOWN: "Use the version of Roadmap that made it, or another database.",
}


class SchemaProblem(RoadmapError):
    """The database has a schema that this software does not serve; says what to do."""


class BrokenReferences(RoadmapError):
    """A migration left rows that point nowhere; it was rolled back."""


def revisions() -> list[str]:
    """All revisions, oldest first: each migration's file begins with its own, and they are counted up."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[!_]*.py"))


def head() -> str:
    """The revision this software wants."""
    return revisions()[-1]


def revision_of(database: Database) -> str | None:
    """The revision a database has; None where no migration ever ran."""
    with translate_errors(), database.engine.connect() as connection:
        return _revision(connection)


def schema_of(database: Database) -> Schema:
    """Compare the schema of a database with the one this software wants."""
    with translate_errors(), database.engine.connect() as connection:
        revision = _revision(connection)
        if revision is None:
            foreign = set(inspect(connection).get_table_names()) - {_TABLE}
            return Schema.UNKNOWN if foreign else Schema.EMPTY
    if revision == head():
        return Schema.CURRENT
    return Schema.OLDER if revision in revisions() else Schema.UNKNOWN


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_TABLE):
        return None
    # One row; several are branches, which this software never made and so does not know.
    return " ".join(connection.scalars(_REVISIONS)) or None


def upgrade(database: Database, to: str = "head") -> None:
    """Run the migrations up to a revision, all or none."""
    from alembic import command

    with migration_connection(database) as connection:
        command.upgrade(_alembic(connection), to)


def downgrade(database: Database, to: str) -> None:
    """Take the migrations back to a revision, all or none; `base` drops every table."""
    from alembic import command

    with migration_connection(database) as connection:
        command.downgrade(_alembic(connection), to)


def differences(database: Database) -> list[Any]:
    """How the database differs from the mapped classes, as Alembic lists it."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with translate_errors(), database.engine.connect() as connection:
        here = connection.dialect.name
        opts = {"include_object": lambda item, *_: item.info.get("only_on", here) == here}
        changes: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=opts), METADATA)
        return changes


@contextmanager
def migration_connection(database: Database) -> Iterator[Connection]:
    """One transaction under the lock that keeps a second migration out; it commits at the end."""
    run = _on_sqlite if database.is_sqlite else _on_postgresql
    with translate_errors(), database.migrating() as connection, run(connection):
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
                    f"rows refer to missing rows, in {', '.join(sorted({row[0] for row in broken}))}"
                )
    finally:
        _pragmas(raw, "foreign_keys = ON", "legacy_alter_table = OFF")


def _pragmas(raw: Any, *pragmas: str) -> None:
    for pragma in pragmas:
        raw.execute(f"PRAGMA {pragma}").close()


def _alembic(connection: Connection) -> "AlembicConfig":
    from alembic.config import Config as AlembicConfig

    config = AlembicConfig(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
