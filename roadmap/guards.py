"""Guards: triggers that refuse a change of rows, written once and rendered for SQLite and for PostgreSQL."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from alembic import op
from alembic.operations import BatchOperations
from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses `event` on a row of `table` where `when` holds: SQL over OLD and NEW that both databases know.

    A migration holds its guards as data, frozen with it. With `columns` it only looks at updates of those.
    """

    name: str
    table: str
    event: str
    when: str
    message: str
    columns: tuple[str, ...] = ()

    @property
    def _occasion(self) -> str:
        columns = ", ".join(f'"{each}"' for each in self.columns)
        return f"BEFORE {self.event} {f'OF {columns} ' if columns else ''}ON {self.table} FOR EACH ROW"

    def creation(self, dialect: str) -> list[str]:
        """The statements that set the guard up; a refusal is an IntegrityError on either database."""
        if dialect == "sqlite":
            refusal = f"SELECT RAISE(ABORT, '{self.message}');"
            return [f"CREATE TRIGGER {self.name} {self._occasion} WHEN {self.when} BEGIN {refusal} END"]
        row = "OLD" if self.event == "DELETE" else "NEW"
        refusal = f"RAISE EXCEPTION USING MESSAGE = '{self.message}', ERRCODE = 'restrict_violation'"
        body = f"BEGIN IF {self.when} THEN {refusal}; END IF; RETURN {row}; END"
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
            f"CREATE TRIGGER {self.name} {self._occasion} EXECUTE FUNCTION {self.name}()",
        ]

    def removal(self, dialect: str) -> list[str]:
        """The statements that take the guard away."""
        if dialect == "sqlite":
            return [f"DROP TRIGGER {self.name}"]
        return [f"DROP TRIGGER {self.name} ON {self.table}", f"DROP FUNCTION {self.name}()"]


def create_guards(guards: Iterable[Guard]) -> None:
    """Set guards up, inside a migration."""
    connection = op.get_bind()
    for statement in (each for guard in guards for each in guard.creation(connection.dialect.name)):
        connection.exec_driver_sql(statement)


def drop_guards(guards: Iterable[Guard]) -> None:
    """Take guards away, inside a migration."""
    connection = op.get_bind()
    for statement in (each for guard in guards for each in guard.removal(connection.dialect.name)):
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
    for statement in (each for each in before if each not in after):
        connection.exec_driver_sql(statement)


def _triggers_of(connection: Connection, table: str) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    query = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table ORDER BY rowid")
    return list(connection.scalars(query, {"table": table}))
