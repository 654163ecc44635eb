"""`roadmap check`: whether the installation is healthy."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from roadmap.config import Config
    from roadmap.database import Database


@click.command()
def check() -> None:
    """Look whether this installation is healthy; the first thing that is not ends it with exit code 1."""
    from roadmap.config import Config
    from roadmap.database import Database

    config = Config.from_environ()
    click.echo("settings: ok")
    with Database(config) as opened:
        for name, look in CHECKS.items():
            for problem in look(config, opened):
                raise click.ClickException(f"{name}: {problem}")
            click.echo(f"{name}: ok")


def _look_at_folder(config: "Config", _: "Database") -> Iterator[str]:
    import os

    from roadmap.config import KEY_FILE

    key = config.data / KEY_FILE
    if config.secret_key and not config.is_sqlite:
        return
    if config.data.exists() and not config.data.is_dir():
        yield f"{config.data} is a file; set ROADMAP_DATA to a folder"
    elif not config.data.is_dir():
        yield f"{config.data} does not exist; roadmap serve makes it"
    elif not os.access(config.data, os.W_OK | os.X_OK):
        yield f"{config.data} cannot be written to"
    elif not config.secret_key and key.exists() and key.stat().st_mode & 0o077:
        yield f"others can read {key}: chmod 600 it"


def _look_at_schema(config: "Config", database: "Database") -> Iterator[str]:
    from roadmap.cli.openings import missing_file
    from roadmap.migrating import differences
    from roadmap.schemas import WAYS_OUT, Schema, head, revision_of, schema_of

    if missing := missing_file(config):
        yield f"{missing} does not exist; roadmap serve makes it"
        return
    schema = schema_of(database)
    if schema is not Schema.CURRENT:
        yield f"it is {schema}, revision {revision_of(database)} instead of {head()}. {WAYS_OUT[schema]}"
    elif wrong := differences(database):
        yield f"it differs from this software in {len(wrong)} places"


def _look_at_rows(_: "Config", database: "Database") -> Iterator[str]:
    from sqlalchemy import text

    if database.is_sqlite:
        with database.reading() as session:
            answer = session.scalars(text("PRAGMA quick_check(1)")).first()
            if answer != "ok":
                yield f"the file is damaged: {answer}"
            elif session.execute(text("PRAGMA foreign_key_check")).first():
                yield "some rows point to rows that are not there"


def _look_at_catalogue(_: "Config", database: "Database") -> Iterator[str]:
    from sqlalchemy import select

    from roadmap.domain.roadmaps import Roadmap

    with database.reading() as session:
        if session.scalars(select(Roadmap.id).where(Roadmap.is_built_in)).first() is None:
            yield "the built-in roadmap is missing; roadmap serve brings it"


CHECKS: dict[str, Callable[["Config", "Database"], Iterator[str]]] = {
    "data folder": _look_at_folder,
    "schema": _look_at_schema,
    "rows": _look_at_rows,
    "catalogue": _look_at_catalogue,
}
