"""`roadmap check`: whether the installation is healthy."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from roadmap.config import Config
    from roadmap.db.database import Database

Check = Callable[["Config", "Database"], Iterator[str]]


@click.command()
def check() -> None:
    """Check whether this installation is healthy; stops with exit code 1 at the first problem."""
    from roadmap.cli.output import print_warnings
    from roadmap.config import Config
    from roadmap.db.database import Database

    config = Config.from_environ()
    print_warnings(config)
    click.echo("settings: ok")
    with Database(config) as opened:
        for name, check_installation in CHECKS.items():
            if problem := _first_problem(check_installation, config, opened):
                raise click.ClickException(f"{name}: {problem}")
            click.echo(f"{name}: ok")
        _check_mail(config)
        _check_limits(config)


def _first_problem(check: "Check", config: "Config", opened: "Database") -> str | None:
    from roadmap.cli.output import describe
    from roadmap.db.database import DatabaseUnavailable

    try:
        return next(check(config, opened), None)
    except DatabaseUnavailable as error:
        return describe(error)


def _check_mail(config: "Config") -> None:
    import smtplib

    from roadmap.mail.smtp import reason_of, smtp_client

    if not config.sends_mail:
        return
    try:
        with smtp_client(config.smtp_url):
            click.echo("mail server: ok")
    except (smtplib.SMTPException, OSError) as error:
        raise click.ClickException(f"mail server: {reason_of(error)}") from error


def _check_limits(config: "Config") -> None:
    from roadmap.web.limits.rate_limits import RateLimits

    if not config.redis_url:
        return
    if not RateLimits(config.redis_url).storage_answers():
        raise click.ClickException("limits: ROADMAP_REDIS_URL does not answer")
    click.echo("limits: ok")


def _check_folder(config: "Config", _: "Database") -> Iterator[str]:
    import os

    if config.secret_key and not config.is_sqlite:
        return
    if config.data.exists() and not config.data.is_dir():
        yield f"{config.data} is a file; set ROADMAP_DATA to a folder"
    elif not config.data.is_dir():
        yield f"{config.data} does not exist; roadmap serve makes it"
    elif not os.access(config.data, os.W_OK | os.X_OK):
        yield f"{config.data} cannot be written to"


def _check_key(config: "Config", _: "Database") -> Iterator[str]:
    from roadmap.config.data_folder import DAMAGED_KEY, KEY_FILE, read_key

    key = config.data / KEY_FILE
    if config.secret_key:
        return
    if not key.is_file():
        yield f"{key} is missing. Put it back, or roadmap serve makes a new one: links that were shared end"
    elif key.stat().st_mode & 0o077:
        yield f"others can read {key}: chmod 600 it"
    elif read_key(key) is None:
        yield f"{key} {DAMAGED_KEY}"


def _check_schema(config: "Config", database: "Database") -> Iterator[str]:
    from roadmap.cli.databases import missing_file
    from roadmap.db.migrations import ADVICE, Schema, differences, head, revision_of, schema_of

    if missing := missing_file(config):
        yield f"{missing} does not exist; roadmap serve makes it"
        return
    schema = schema_of(database)
    if schema is not Schema.CURRENT:
        revisions = f"revision {revision_of(database) or 'none'} instead of {head()}"
        yield f"it is {schema}, {revisions}. {ADVICE[schema]}"
    elif wrong := differences(database):
        yield f"it differs from this software in {len(wrong)} places"


def _check_rows(_: "Config", database: "Database") -> Iterator[str]:
    from sqlalchemy import text

    if database.is_sqlite:
        with database.reading() as session:
            answer = session.scalars(text("PRAGMA quick_check(1)")).first()
            if answer != "ok":
                yield f"the file is damaged: {answer}"
            elif session.execute(text("PRAGMA foreign_key_check")).first():
                yield "some rows point to rows that are not there"


def _check_catalogue(_: "Config", database: "Database") -> Iterator[str]:
    from sqlalchemy import select

    from roadmap.domain.roadmaps.roadmaps import Roadmap

    with database.reading() as session:
        if session.scalars(select(Roadmap.id).where(Roadmap.is_built_in)).first() is None:
            yield "the built-in roadmap is missing; roadmap serve brings it"


CHECKS: dict[str, Check] = {
    "data folder": _check_folder,
    "schema": _check_schema,
    "secret key": _check_key,
    "rows": _check_rows,
    "catalogue": _check_catalogue,
}
