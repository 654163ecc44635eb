"""Triggers that refuse a change of rows, written once and rendered for SQLite and for PostgreSQL."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuses `event` on a row of `table` where `when` holds: SQL over OLD and NEW that both databases know.

    A migration holds its triggers as data, frozen with it. With `columns` it only looks at updates of those.
    """

    name: str
    table: str
    event: str
    when: str
    message: str
    columns: tuple[str, ...] = ()

    @property
    def _occasion(self) -> str:
        columns = ", ".join(f'"{column}"' for column in self.columns)
        return f"BEFORE {self.event} {f'OF {columns} ' if columns else ''}ON {self.table} FOR EACH ROW"

    def create_sql(self, dialect: str) -> list[str]:
        """The statements that create the trigger; a refusal is an IntegrityError on either database."""
        if dialect == "sqlite":
            error = f"SELECT RAISE(ABORT, '{self.message}');"
            return [f"CREATE TRIGGER {self.name} {self._occasion} WHEN {self.when} BEGIN {error} END"]
        row = "OLD" if self.event == "DELETE" else "NEW"
        error = f"RAISE EXCEPTION USING MESSAGE = '{self.message}', ERRCODE = 'restrict_violation'"
        body = f"BEGIN IF {self.when} THEN {error}; END IF; RETURN {row}; END"
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
            f"CREATE TRIGGER {self.name} {self._occasion} EXECUTE FUNCTION {self.name}()",
        ]

    def drop_sql(self, dialect: str) -> list[str]:
        """The statements that drop the trigger."""
        if dialect == "sqlite":
            return [f"DROP TRIGGER {self.name}"]
        return [f"DROP TRIGGER {self.name} ON {self.table}", f"DROP FUNCTION {self.name}()"]


def create_triggers(triggers: Iterable[Trigger]) -> None:
    """Create triggers, inside a migration."""
    connection = op.get_bind()
    for statement in (sql for trigger in triggers for sql in trigger.create_sql(connection.dialect.name)):
        connection.exec_driver_sql(statement)


def drop_triggers(triggers: Iterable[Trigger]) -> None:
    """Drop triggers, inside a migration."""
    connection = op.get_bind()
    for statement in (sql for trigger in triggers for sql in trigger.drop_sql(connection.dialect.name)):
        connection.exec_driver_sql(statement)


@contextmanager
def rebuilt_table(name: str) -> Iterator[BatchOperations]:
    """Alter a table, inside a migration; use it instead of `op.batch_alter_table`.

    SQLite rebuilds the table, which drops its triggers without a word; they are put back as they were.
    """
    connection = op.get_bind()
    before = _triggers_of(connection, name)
    with op.batch_alter_table(name) as batch:
        yield batch
    after = _triggers_of(connection, name)
    for statement in (sql for sql in before if sql not in after):
        connection.exec_driver_sql(statement)


def _triggers_of(connection: Connection, table: str) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    query = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table ORDER BY rowid")
    return list(connection.scalars(query, {"table": table}))
