"""Expected errors: one clear line on standard error and exit code 1, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from typing import TYPE_CHECKING

import click

from roadmap.domain.errors import RoadmapError

if TYPE_CHECKING:
    from roadmap.config import Config


class Misuse(click.ClickException):
    """A value that cannot be meant: one line too, and exit code 2."""

    exit_code = 2


@contextmanager
def report_errors() -> Iterator[None]:
    """Turn the errors that a command expects into a message and exit code 1."""
    try:
        yield
    except RoadmapError as error:
        raise click.ClickException(describe(error)) from error
    except OSError as error:
        if error.errno != ENOSPC:
            raise
        raise click.ClickException(f"what it says cannot be written: {error.strerror}") from error


def describe(error: RoadmapError) -> str:
    """The sentence of an expected error; one of the database says which database."""
    from roadmap.config import Config
    from roadmap.db.database import DatabaseUnavailable

    # A demo has a database of its own, which nobody has to find.
    command = click.get_current_context(silent=True)
    if not isinstance(error, DatabaseUnavailable) or (command and command.invoked_subcommand == "demo"):
        return str(error)
    return f"{error} ({Config.from_environ().shown('ROADMAP_DATABASE_URL')})"


def print_warnings(config: "Config") -> None:
    """Print a line to standard error for each variable that looks like a setting but is not."""
    for warning in config.warnings:
        click.echo(f"Warning: {warning}", err=True)
