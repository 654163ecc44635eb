"""Expected failures: one clear line on standard error and exit code 1, never a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from roadmap.config import Config

# By name, so that a command which never touches the database need not import it.
_EXPECTED = {
    "roadmap.config": ("ConfigProblem",),
    "roadmap.database": ("DatabaseUnavailable",),
    "roadmap.domain.errors": ("Refusal",),
    "roadmap.imports.outline_problems": ("OutlineProblems",),
    "roadmap.mail.sending": ("ServerUnreachable",),
    "roadmap.db.migrations": ("BrokenReferences", "SchemaProblem"),
}


class Misuse(click.ClickException):
    """A value that cannot be meant: one line too, and exit code 2."""

    exit_code = 2


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Turn what a command may expect to go wrong into a message and exit code 1."""
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) and error.errno == ENOSPC:
            raise click.ClickException(f"what it says cannot be written: {error.strerror}") from error
        if not isinstance(error, _expected()):
            raise
        raise click.ClickException(said(error)) from error


def said(error: Exception) -> str:
    """The sentence of an expected failure; one of the database says which database."""
    from roadmap.config import Config
    from roadmap.settings import mask_url

    # A demo has a database of its own, which nobody has to find.
    command = click.get_current_context(silent=True)
    if type(error).__module__ != "roadmap.database" or (command and command.invoked_subcommand == "demo"):
        return str(error)
    return f"{error} ({mask_url(Config.from_environ().database_url)})"


def print_warnings(config: "Config") -> None:
    """Print a line to standard error for each variable that looks like a setting but is not."""
    for warning in config.warnings:
        click.echo(f"Warning: {warning}", err=True)


def _expected() -> tuple[type[Exception], ...]:
    loaded = [(sys.modules[module], names) for module, names in _EXPECTED.items() if module in sys.modules]
    return tuple(getattr(module, name) for module, names in loaded for name in names)
