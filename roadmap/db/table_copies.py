"""Copies the rows of all tables from one database to another, of either kind."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import (
    Connection,
    Integer,
    RowMapping,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from roadmap.domain.accounts.mails import Lease
from roadmap.domain.accounts.sessions import Attempt, PostedForm, SignIn, Token
from roadmap.domain.base import Base
from roadmap.domain.errors import RoadmapError
from roadmap.domain.models import METADATA

BATCH = 1_000
# What is only worth something while it is fresh; a copy must sign nobody in.
LEFT_OUT: tuple[type[Base], ...] = (Attempt, Lease, PostedForm, SignIn, Token)
_ODD = re.compile("[\0\ud800-\udfff]")
Advance = Callable[[int], object]


class StoredTextProblem(RoadmapError):
    """A text that the target does not store; names its table, row and column."""


def copied_tables() -> list[Table]:
    """The tables that are copied, each after those it refers to."""
    left_out = {kind.__table__ for kind in LEFT_OUT}
    return [table for table in METADATA.sorted_tables if table not in left_out]


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each copied table has, by name."""
    counts = {table.name: select(func.count()).select_from(table) for table in copied_tables()}
    return {name: connection.scalar(query) or 0 for name, query in counts.items()}


def rows_of(connection: Connection, table: Table) -> Iterator[Sequence[RowMapping]]:
    """All rows of a table in the order of its key, in batches."""
    is_sqlite = connection.dialect.name == "sqlite"
    keys = [
        key if is_sqlite or not isinstance(key.type, String) else key.collate("C")
        for key in table.primary_key
    ]
    streaming = connection.execution_options(stream_results=True, yield_per=BATCH)
    with streaming.execute(select(table).order_by(*keys)) as result:
        yield from result.mappings().partitions(BATCH)


def copy_rows(source: Connection, target: Connection, advance: Advance) -> None:
    """Replace all rows of `target`, which has the schema, by those of `source`; commits nothing.

    `advance` gets the number of rows of each batch. Raises StoredTextProblem for a text the target refuses.
    """
    set_later = _columns_set_later()
    with _without_triggers(target):
        for table in reversed(METADATA.sorted_tables):
            target.execute(delete(table))
        for table in copied_tables():
            empty = dict.fromkeys(set_later[table])
            for rows in rows_of(source, table):
                check_texts(target.dialect.name, table, rows)
                target.execute(insert(table), [{**row, **empty} for row in rows])
                advance(len(rows))
        for table, names in set_later.items():
            _set_later(source, target, table, names)
    if target.dialect.name == "postgresql":
        _set_sequences(target)


def _columns_set_later() -> dict[Table, list[str]]:
    """The columns that refer to a table which is copied later, by table: two tables refer to each other."""
    done: set[Table] = set()
    columns: dict[Table, list[str]] = {}
    for table in copied_tables():
        done.add(table)
        columns[table] = [key.parent.name for key in table.foreign_keys if key.column.table not in done]
    return columns


def _set_later(source: Connection, target: Connection, table: Table, names: Sequence[str]) -> None:
    if not names:
        return
    is_this_row = [key == bindparam(f"key_{key.name}") for key in table.primary_key]
    statement = update(table).where(*is_this_row).values({name: bindparam(f"new_{name}") for name in names})
    for rows in rows_of(source, table):
        target.execute(
            statement,
            [
                {f"key_{key.name}": row[key.name] for key in table.primary_key}
                | {f"new_{name}": row[name] for name in names}
                for row in rows
            ],
        )


@contextmanager
def _without_triggers(connection: Connection) -> Iterator[None]:
    """Switch off the triggers that refuse changes of what is recorded; they are there again at the end."""
    if connection.dialect.name == "postgresql":
        tables = METADATA.sorted_tables
        off = [f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER' for table in tables]
        on = [f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER' for table in tables]
    else:
        query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid")
        triggers = connection.execute(query).all()
        off = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        on = [sql for _, sql in triggers]
    for statement in off:
        connection.exec_driver_sql(statement)
    yield
    for statement in on:
        connection.exec_driver_sql(statement)


def _set_sequences(connection: Connection) -> None:
    """Let each table give the number after its last one next."""
    find = text("SELECT pg_get_serial_sequence(:table, :column)")
    move = text("SELECT setval(:sequence, :last, :is_used)")
    for table in copied_tables():
        key, *others = table.primary_key
        if others or not isinstance(key.type, Integer):
            continue
        sequence = connection.scalar(find, {"table": table.name, "column": key.name})
        if sequence is not None:
            last = connection.scalar(select(func.max(key)))
            values = {"sequence": sequence, "last": last or 1, "is_used": last is not None}
            connection.execute(move, values)


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
