"""Files of backups: made whole or not at all, opened without changing them, and checked by their manifest."""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import (
    JSON,
    URL,
    Column,
    Connection,
    MetaData,
    String,
    Table,
    create_engine,
    exc,
    insert,
    inspect,
    select,
    text,
)

from roadmap.db.migrations import head, revisions
from roadmap.db.table_copies import Advance, copied_tables, count_rows, rows_of
from roadmap.domain.errors import RoadmapError

LEFTOVERS = ("-wal", "-shm", "-journal")
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


class BackupProblem(RoadmapError):
    """A backup or a restore that cannot be done; says why."""


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A path to make a file at, which gets its name only when the block ends; 0600, and nothing half stays.

    Raises BackupProblem where the folder cannot be written to.
    """
    # A folder that nobody else can open, because SQLite makes further files beside its own.
    folder = path.with_name(f".{path.name}.unfinished")
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        unfinished = folder / path.name
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise BackupProblem(f"cannot write to {path.parent}: {error.strerror}") from error
    try:
        yield unfinished
        _close_journal(unfinished)
        unfinished.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise BackupProblem(f"cannot write {path}: {error.strerror}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _close_journal(path: Path) -> None:
    """Make the SQLite file one that is whole by itself, and see it onto the disk."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def opened_backup(path: Path) -> Iterator[Connection]:
    """A connection that changes nothing, not even beside the file; raises BackupProblem for other files."""
    if not path.is_file():
        raise BackupProblem(f"{path} does not exist")
    if leftover := leftover_of(path):
        raise BackupProblem(f"{leftover} lies beside the backup: something opened it without finishing")
    query = {"mode": "ro", "immutable": "1", "uri": "true"}
    engine = create_engine(URL.create("sqlite", database=f"file:{quote(str(path.resolve()))}", query=query))
    try:
        with engine.connect() as connection:
            yield connection
    except exc.DatabaseError as error:
        raise BackupProblem(f"{path} {_what_is_wrong(error)}") from error
    finally:
        engine.dispose()


def _what_is_wrong(error: exc.DatabaseError) -> str:
    is_foreign = getattr(error.orig, "sqlite_errorname", "") == "SQLITE_NOTADB"
    return "is not a backup of Roadmap" if is_foreign else f"is damaged: {error.orig}"


def leftover_of(path: Path) -> Path | None:
    """A journal beside a SQLite file, which belongs to something that did not end well; None without one."""
    beside = (path.with_name(path.name + ending) for ending in LEFTOVERS)
    return next((file for file in beside if file.exists()), None)


def check_backup(connection: Connection, path: Path, advance: Advance) -> Manifest:
    """Compare a backup with its manifest, which is returned; raises BackupProblem where they disagree."""
    answer = connection.scalar(text("PRAGMA integrity_check(1)"))
    if answer != "ok":
        raise BackupProblem(f"{path} is damaged: {answer}")
    manifest = read_manifest(connection)
    if manifest is None:
        raise BackupProblem(f"{path} is not a backup of Roadmap")
    if manifest.revision in revisions()[:-1]:
        advice = f"restore it with Roadmap {manifest.version}, which made it, then upgrade"
        raise BackupProblem(f"{path} has an older schema ({manifest.revision}): {advice}")
    if manifest.revision != head():
        advice = f"restore it with Roadmap {manifest.version}, which made it"
        raise BackupProblem(f"{path} has a newer schema ({manifest.revision}): {advice}")
    if connection.execute(text("PRAGMA foreign_key_check")).first():
        raise BackupProblem(f"{path} is damaged: some rows point to rows that are not there")
    is_same = (
        count_rows(connection) == manifest.rows and hash_contents(connection, advance) == manifest.sha256
    )
    if not is_same:
        raise BackupProblem(f"{path} is damaged: it differs from its manifest")
    return manifest
