"""`roadmap database`: the schema of the database."""

import click


@click.group()
def database() -> None:
    """Upgrade the database, or say which schema it has."""


@database.command()
def current() -> None:
    """Say which schema the database has: empty, older, current or unknown."""
    from roadmap.cli.openings import missing_file, not_there
    from roadmap.config import Config
    from roadmap.database import Database
    from roadmap.db.migrations import Schema, revision_of, schema_of

    config = Config.from_environ()
    if missing := missing_file(config):
        if not missing.parent.is_dir():
            raise not_there(config, missing)
        click.echo(f"- {Schema.EMPTY}")
        return
    with Database(config) as opened:
        click.echo(f"{revision_of(opened) or '-'} {schema_of(opened)}")


@database.command()
def upgrade() -> None:
    """Bring the database to the schema of this software; a SQLite database is backed up first."""
    from roadmap.bootstrap import upgrade_schema
    from roadmap.clock import now
    from roadmap.config import Config, prepared
    from roadmap.database import Database
    from roadmap.db.migrations import head

    config = prepared(Config.from_environ())
    with Database(config) as opened:
        upgrade_schema(config, opened, at=now())
    click.echo(f"{head()} current")
