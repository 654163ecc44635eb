"""Making an installation ready to serve: its schema and the roadmap that comes with the software."""

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
    """Set up an empty database, upgrade an older SQLite one after a backup, refuse the rest."""
    schema = schema_of(database)
    if schema is Schema.OLDER and not database.is_sqlite:
        raise SchemaProblem(f"The database has an older schema. {ADVICE[schema]}")
    upgrade_schema(config, database, at=at)


def upgrade_schema(config: Config, database: Database, *, at: datetime) -> None:
    """Bring a database to the present schema, an older SQLite one after a backup; refuse an unknown one."""
    schema = schema_of(database)
    if schema is Schema.UNKNOWN:
        revision = revision_of(database)
        what = (
            f"a schema that this Roadmap does not know ({revision})"
            if revision
            else "tables of something else"
        )
        raise SchemaProblem(f"The database has {what}. {ADVICE[schema]}")
    if schema is Schema.OLDER and database.is_sqlite:
        _LOG.info("backed up to %s", back_up_sqlite(config, database, at=at))
    if schema is not Schema.CURRENT:
        upgrade(database)


def back_up_sqlite(config: Config, database: Database, *, at: datetime) -> Path:
    """Copy a SQLite database as it stands before an upgrade, readable by its owner only."""
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
        # Half a copy would look like a backup.
        target.unlink()
        raise
    return target


def load_content(database: Database, *, at: datetime) -> None:
    """Publish the roadmap that comes with the software, or its next edition."""
    outline = read_outline(BUILT_IN.read_bytes())
    with database.writing() as session:
        load_built_in(session, outline, at=at)
        session.commit()
