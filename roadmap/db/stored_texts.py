"""Finds texts that SQLite stores and PostgreSQL does not, before they are copied."""

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import RowMapping, String, Table

from roadmap.domain.errors import RoadmapError

_ODD = re.compile("[\0\ud800-\udfff]")


class StoredTextProblem(RoadmapError):
    """A text that the target does not store; names its table, row and column."""


def check_texts(dialect: str, table: Table, rows: Sequence[RowMapping]) -> None:
    """Raise StoredTextProblem for the first text in these rows that this kind of database refuses."""
    if dialect != "postgresql":
        return
    for row in rows:
        for name, why in _problems(table, row):
            key = ", ".join(str(row[column.name]) for column in table.primary_key)
            raise StoredTextProblem(f"{name} of row {key} in {table.name} {why}, which PostgreSQL refuses")


def _problems(table: Table, row: RowMapping) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        value = row[column.name]
        if not isinstance(value, str):
            continue
        most = column.type.length if isinstance(column.type, String) else None
        if _ODD.search(value):
            yield column.name, "contains a NUL or a lone surrogate"
        if most is not None and len(value) > most:
            yield column.name, f"has {len(value)} characters of {most} at most"
