"""`roadmap database`, and how commands open the installation: most want an existing one, a few create it."""

import os
from pathlib import Path

import click
from sqlalchemy import make_url

from roadmap.clock import now
from roadmap.config import Config
from roadmap.config.data_folder import prepare_data_folder
from roadmap.db.database import Database
from roadmap.db.migrations import ADVICE, Schema, SchemaProblem, head, revision_of, schema_of


@click.group()
def database() -> None:
    """Upgrade the database, or show whether its schema is current."""


@database.command()
def current() -> None:
    """Show whether the schema is current."""
    config = Config.from_environ()
    if missing := missing_file(config):
        if not missing.parent.is_dir():
            raise missing_database(config, missing)
        click.echo(f"- {Schema.EMPTY}")
        return
    with Database(config) as opened:
        click.echo(f"{revision_of(opened) or '-'} {schema_of(opened)}")


@database.command()
def upgrade() -> None:
    """Upgrade the database to the current schema.

    SQLite databases are backed up first.
    """
    from roadmap.bootstrap import upgrade_schema

    config = prepare_data_folder(Config.from_environ())
    with Database(config) as opened:
        upgrade_schema(config, opened, at=now())
    click.echo(f"{head()} current")


def open_installation() -> tuple[Config, Database]:
    """The settings and a usable database; raises SchemaProblem, which says what to do.

    Creates no folder and no file, so that a mistyped setting is only an error message.
    """
    config = Config.from_environ()
    if missing := missing_file(config):
        raise missing_database(config, missing)
    return _with_current_schema(config)


def open_or_create() -> tuple[Config, Database]:
    """The same, but a missing or empty installation is set up first."""
    config = prepare_data_folder(Config.from_environ())
    with Database(config) as database:
        if schema_of(database) is Schema.EMPTY:
            # It reads roadmap files and migrates, which is a third of the memory of a command.
            from roadmap.bootstrap import open_schema

            open_schema(config, database, at=now())
    return _with_current_schema(config)


def missing_file(config: Config) -> Path | None:
    """The file of a SQLite database that is not there yet; connecting would create it."""
    path = make_url(config.database_url).database or ""
    # The driver parses addresses after `file:` itself.
    if not config.is_sqlite or path.startswith("file:") or os.access(path, os.F_OK):
        return None
    return Path(path)


def missing_database(config: Config, missing: Path) -> SchemaProblem:
    """The error for such a file."""
    setting = "ROADMAP_DATABASE_URL" if "ROADMAP_DATABASE_URL" in config.given else "ROADMAP_DATA"
    return SchemaProblem(
        f"{missing} does not exist. Set {setting} to look elsewhere, or create a new one with roadmap serve."
    )


def _with_current_schema(config: Config) -> tuple[Config, Database]:
    database = Database(config)
    schema = schema_of(database)
    if schema is not Schema.CURRENT:
        database.dispose()
        raise SchemaProblem(f"The database has an {schema} schema. {ADVICE[schema]}")
    return config, database
