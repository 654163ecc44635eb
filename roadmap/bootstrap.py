"""Set up an installation: its schema, and the built-in roadmap."""

import logging
import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.db.migrations import ADVICE, Schema, SchemaProblem, head, revision_of, schema_of, upgrade
from roadmap.imports.outlines import read_outline
from roadmap.operations.roadmaps.catalogs import load_built_in
from roadmap.paths import CONTENT

BUILT_IN = CONTENT / "ml-engineer.yaml"
_LOG = logging.getLogger("roadmap.bootstrap")


def open_schema(config: Config, database: Database, *, at: datetime) -> None:
    """Set up an empty database, or upgrade an older SQLite one; raises SchemaProblem for others."""
    schema = schema_of(database)
    if schema is Schema.OLDER and not database.is_sqlite:
        raise SchemaProblem(f"The database has an older schema. {ADVICE[schema]}")
    upgrade_schema(config, database, at=at)


def upgrade_schema(config: Config, database: Database, *, at: datetime) -> None:
    """Upgrade a database, an older SQLite one after a backup; raises SchemaProblem for an unknown schema."""
    schema = schema_of(database)
    if schema is Schema.UNKNOWN:
        revision = revision_of(database)
        description = (
            f"a schema that this version of Roadmap doesn't know ({revision})"
            if revision
            else "tables from another application"
        )
        raise SchemaProblem(f"The database has {description}. {ADVICE[schema]}")
    if schema is Schema.OLDER and database.is_sqlite:
        _LOG.info("backed up to %s", back_up_sqlite(config, database, at=at))
    if schema is not Schema.CURRENT:
        upgrade(database)


def back_up_sqlite(config: Config, database: Database, *, at: datetime) -> Path:
    """Copy a SQLite database before an upgrade into a file that only its owner can read; returns the file."""
    folder = config.data / "backups"
    target = folder / f"before-{head()}-{at:%Y%m%dT%H%M%S%f}.sqlite3"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # VACUUM INTO takes an empty file; made first, nobody else can ever read it.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise SchemaProblem(f"Not upgraded: cannot back up to {folder}: {error.strerror}.") from error
    try:
        with database.autocommit() as connection:
            connection.execute(text("VACUUM INTO :target"), {"target": str(target)})
    except BaseException:
        # An incomplete copy would look like a backup.
        target.unlink()
        raise
    return target


def load_content(database: Database, *, at: datetime) -> None:
    """Publish the built-in roadmap, or its next edition."""
    outline = read_outline(BUILT_IN.read_bytes())
    with database.writing() as session:
        load_built_in(session, outline, at=at)
        session.commit()
