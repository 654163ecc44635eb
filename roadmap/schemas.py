"""Which schema a database has, and how it relates to the one this software wants.

Asked by every command, so it does without Alembic, which would be a tenth of the memory of a report.
"""

from enum import StrEnum

from sqlalchemy import Connection, inspect, text

from roadmap.database import Database, translated
from roadmap.paths import MIGRATIONS

_TABLE = "alembic_version"
_FOUND = text("SELECT version_num FROM alembic_version ORDER BY version_num")


class Schema(StrEnum):
    """How the schema of a database relates to the one this software wants."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    UNKNOWN = "unknown"


WAYS_OUT = {
    Schema.EMPTY: "roadmap serve sets it up.",
    Schema.OLDER: "Back it up, then run: roadmap database upgrade",
    Schema.UNKNOWN: "Use the Roadmap that made it, or another database.",
}


class SchemaProblem(Exception):
    """The database has a schema that this software does not serve; says what to do."""


def revisions() -> list[str]:
    """All revisions, oldest first: each migration's file begins with its own, and they are counted up."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[!_]*.py"))


def head() -> str:
    """The revision this software wants."""
    return revisions()[-1]


def revision_of(database: Database) -> str | None:
    """The revision a database has; None where no migration ever ran."""
    with translated(), database.engine.connect() as connection:
        return _revision(connection)


def schema_of(database: Database) -> Schema:
    """Compare the schema of a database with the one this software wants."""
    with translated(), database.engine.connect() as connection:
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
    return " ".join(connection.scalars(_FOUND)) or None
