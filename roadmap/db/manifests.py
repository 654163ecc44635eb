"""The manifest of a backup: which software made it when, how many rows it has, and their hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import JSON, Column, Connection, MetaData, String, Table, insert, inspect, select

from roadmap.db.table_copies import Advance, copied_tables, rows_of

_NAMES = ("revision", "version", "made_at", "sha256")
_TABLE = Table("manifest", MetaData(), *(Column(name, String) for name in _NAMES), Column("rows", JSON))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself; `rows` has the number of rows by table."""

    revision: str
    version: str
    made_at: str
    rows: Mapping[str, int]
    sha256: str

    @property
    def total(self) -> int:
        """The number of rows of all tables."""
        return sum(self.rows.values())


def hash_contents(connection: Connection, advance: Advance) -> str:
    """The SHA-256 in hex over all copied rows, which is the same for the same rows on either database."""
    digest = hashlib.sha256()
    for table in copied_tables():
        digest.update(f"{table.name}\n".encode())
        for rows in rows_of(connection, table):
            for row in rows:
                line = json.dumps(dict(row), sort_keys=True, default=_as_text)
                digest.update(f"{line}\n".encode())
            advance(len(rows))
    return digest.hexdigest()


def _as_text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"no column holds a {type(value).__name__}")


def write_manifest(connection: Connection, manifest: Manifest) -> None:
    """Add the manifest to a SQLite file as a table of its own."""
    _TABLE.create(connection)
    connection.execute(insert(_TABLE), asdict(manifest))


def read_manifest(connection: Connection) -> Manifest | None:
    """The manifest of a file; None where it has none."""
    if not inspect(connection).has_table(_TABLE.name):
        return None
    return Manifest(**connection.execute(select(_TABLE)).mappings().one())
