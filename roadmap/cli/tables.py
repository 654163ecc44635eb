"""Lists on standard output: aligned columns for people, JSON for programs."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

import click


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
