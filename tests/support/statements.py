"""Counting the statements that a page costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from roadmap.db.database import Database

_HOUSEKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA")


@contextmanager
def counted_statements(database: Database) -> Iterator[list[str]]:
    """Collect the statements sent meanwhile, without transactions and those of the `session` fixture."""
    seen: list[str] = []

    def note(
        connection: Connection, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool
    ) -> None:
        is_here = connection.engine.pool is database.engine.pool
        is_arranging = context is not None and context.execution_options.get("arranging")
        if is_here and not is_arranging and not statement.startswith(_HOUSEKEEPING):
            seen.append(statement)

    # On all engines: a database has one to read and one to write, with the same connections.
    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
