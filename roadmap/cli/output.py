"""What commands print: expected errors as one line and an exit code, and lists as columns or JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from errno import ENOSPC
from typing import TYPE_CHECKING

import click

from roadmap.domain.errors import RoadmapError

if TYPE_CHECKING:
    from roadmap.config import Config


json_option = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


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
        raise click.ClickException(f"the output cannot be written: {error.strerror}") from error


def describe(error: RoadmapError) -> str:
    """The sentence of an expected error; one of the database says which database."""
    from roadmap.config import Config
    from roadmap.db.errors import DatabaseUnavailable

    # A demo has a database of its own, which nobody has to find.
    command = click.get_current_context(silent=True)
    if not isinstance(error, DatabaseUnavailable) or (command and command.invoked_subcommand == "demo"):
        return str(error)
    return f"{error} ({Config.from_environ().shown('ROADMAP_DATABASE_URL')})"


def print_warnings(config: "Config") -> None:
    """Print a line to standard error for each variable that looks like a setting but is not."""
    for warning in config.warnings:
        click.echo(f"Warning: {warning}", err=True)


def print_rows(rows: Sequence[Mapping[str, object]], *, as_json: bool) -> None:
    """Print rows that all have the same keys; moments in UTC, booleans as yes or nothing."""
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False, default=_as_text))
        return
    if not rows:
        return
    table = [[name.removeprefix("is_").removesuffix("_at") for name in rows[0]]]
    table += [[_shown(value) for value in row.values()] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return _as_text(value).replace("\n", " ")


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return "" if value is None else str(value)
