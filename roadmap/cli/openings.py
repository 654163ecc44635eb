"""How commands open the installation: most want one that is there, a few may set one up."""

import os
from pathlib import Path

from sqlalchemy import make_url

from roadmap.clock import now
from roadmap.config import Config, prepared
from roadmap.database import Database
from roadmap.db.migrations import WAYS_OUT, Schema, SchemaProblem, schema_of


def opened() -> tuple[Config, Database]:
    """The settings and a database that can be used; raises SchemaProblem that says what to do.

    It makes neither folder nor file, so that a mistyped setting stays a message.
    """
    config = Config.from_environ()
    if missing := missing_file(config):
        raise not_there(config, missing)
    return _with_present_schema(config)


def opened_or_made() -> tuple[Config, Database]:
    """The same, where an installation that is not there yet, or is empty, is set up first."""
    config = prepared(Config.from_environ())
    with Database(config) as database:
        if schema_of(database) is Schema.EMPTY:
            # It reads roadmap files and migrates, which is a third of the memory of a command.
            from roadmap.bootstrap import open_schema

            open_schema(config, database, at=now())
    return _with_present_schema(config)


def missing_file(config: Config) -> Path | None:
    """The file of a SQLite database that is not there yet; to connect would make it."""
    path = make_url(config.database_url).database or ""
    # The driver reads an address after `file:` in its own way.
    if not config.is_sqlite or path.startswith("file:") or os.access(path, os.F_OK):
        return None
    return Path(path)


def not_there(config: Config, missing: Path) -> SchemaProblem:
    """What to say about such a file."""
    setting = "ROADMAP_DATABASE_URL" if "ROADMAP_DATABASE_URL" in config.given else "ROADMAP_DATA"
    return SchemaProblem(
        f"{missing} does not exist. {setting} says where to look; roadmap serve makes a new one."
    )


def _with_present_schema(config: Config) -> tuple[Config, Database]:
    database = Database(config)
    schema = schema_of(database)
    if schema is not Schema.CURRENT:
        database.dispose()
        raise SchemaProblem(f"The database has an {schema} schema. {WAYS_OUT[schema]}")
    return config, database
