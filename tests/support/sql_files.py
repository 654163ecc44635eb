"""Rows of a database as SQL that SQLite and PostgreSQL both read, to keep what older software stored."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, select, text

from roadmap.domain.models import METADATA

# A published edition takes no more rows, and evidence refers to a revision of its own.
SET_LATER = {"editions": {"state": "draft"}, "evidence": {"revision_id": None}}
_END = re.compile(r";\n(?=DELETE |INSERT |UPDATE |\Z)")
_BYTES = re.compile(r"X'([0-9a-f]*)'")

# The numbers were given by hand.
_SEQUENCES = """
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'id' AND column_default LIKE 'nextval%'
  LOOP EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, ''id''), max(id)) FROM %I', t, t); END LOOP;
END $$
"""


def write_sql(connection: Connection) -> Iterator[str]:
    """A statement for each row, of a database with whatever schema it has."""
    metadata = MetaData()
    metadata.reflect(connection)
    # Our own order knows how to take the two tables that refer to each other.
    names = [table.name for table in METADATA.sorted_tables if table.name in metadata.tables]
    yield "DELETE FROM installations;"
    later: list[str] = []
    for table in (metadata.tables[name] for name in names):
        for row in connection.execute(select(table)).mappings():
            first = SET_LATER.get(table.name, {})
            yield _insert(table, {**row, **first})
            changes = ", ".join(f"{name} = {_literal(row[name])}" for name in first)
            later += [f"UPDATE {table.name} SET {changes} WHERE id = {row['id']};"] if first else []
    yield from later


def read_sql(connection: Connection, path: Path) -> None:
    """Execute the statements of such a file."""
    is_sqlite = connection.dialect.name == "sqlite"
    for sql in _END.split(path.read_text()):
        statement = sql if is_sqlite else _BYTES.sub(r"'\\x\1'", sql.replace("%", "%%"))
        connection.exec_driver_sql(statement)
    if not is_sqlite:
        connection.execute(text(_SEQUENCES))


def _insert(table: Table, row: Mapping[str, Any]) -> str:
    values = ", ".join(_literal(value) for value in row.values())
    names = ", ".join(f'"{name}"' for name in row)
    return f"INSERT INTO {table.name} ({names}) VALUES ({values});"


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    if isinstance(value, datetime):
        value = value.isoformat(" ", "microseconds")
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, dict | list):
        value = json.dumps(value)
    assert isinstance(value, str)
    return "'" + value.replace("'", "''") + "'"
