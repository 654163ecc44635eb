"""Checks of the database: its schema, its rows, what is on record, and the clock."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import select, text

from roadmap.cli.databases import missing_file
from roadmap.clock import now
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.db.migrations import ADVICE, Schema, differences, head, revision_of, schema_of
from roadmap.domain.accounts.audits import Audit
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.queries.reports.record_faults import record_faults

MOST = 10
CLOCK_TOLERANCE = timedelta(minutes=1)
# The branches that got the fix before the version that has it for all.
_WAL_RESET_FIXED = {(3, 44): 6, (3, 50): 7}
_FIXED_FOR_ALL = (3, 51, 3)


def schema_faults(config: Config, database: Database) -> Iterator[str]:
    """Whether the database is there and has exactly the schema of this software."""
    if missing := missing_file(config):
        yield f"{missing} does not exist; create it with roadmap serve"
        return
    schema = schema_of(database)
    if schema is not Schema.CURRENT:
        revisions = f"revision {revision_of(database) or 'none'} instead of {head()}"
        yield f"it is {schema}, {revisions}. {ADVICE[schema]}"
    elif wrong := differences(database):
        yield f"it differs from what this version expects in {len(wrong)} places"


def row_faults(_: Config, database: Database) -> Iterator[str]:
    """Whether SQLite finds its file whole and every reference to a row answered."""
    if not database.is_sqlite:
        return
    with database.reading() as session:
        answers = session.scalars(text(f"PRAGMA quick_check({MOST})")).all()
        yield from (f"the file is damaged: {answer}" for answer in answers if answer != "ok")
        lost = {row[0] for row in session.execute(text("PRAGMA foreign_key_check")).all()}
        if lost:
            yield f"rows refer to missing rows, in {', '.join(sorted(lost))}"


def replay_faults(_: Config, database: Database) -> Iterator[str]:
    """Whether the stored state of each enrollment is what its events say."""
    with database.reading() as session:
        faults = list(islice(record_faults(session), MOST + 1))
    yield from (f"{fault} differ from the events" for fault in faults[:MOST])
    if len(faults) > MOST:
        yield f"only the first {MOST} are shown"


def catalogue_faults(_: Config, database: Database) -> Iterator[str]:
    """Whether the built-in roadmap is there."""
    with database.reading() as session:
        if session.scalars(select(Roadmap.id).where(Roadmap.is_built_in)).first() is None:
            yield "the built-in roadmap is missing; run roadmap serve to load it"


def clock_faults(_: Config, database: Database) -> Iterator[str]:
    """Whether this machine's clock agrees with the database's, and lies after what is on record."""
    with database.reading() as session:
        last = session.scalar(select(Audit.at).order_by(Audit.id.desc()).limit(1))
        there: datetime | None = None
        if not database.is_sqlite:
            there = session.scalar(text("SELECT clock_timestamp()"))
    here = now()
    if last is not None and last - here > CLOCK_TOLERANCE:
        yield f"this machine's clock says {here:%F %T} UTC, but the audit log has an entry from {last:%F %T}"
    if there is not None and abs(there - here) > CLOCK_TOLERANCE:
        yield f"this machine's clock and the database's differ by {abs(there - here).total_seconds():.0f} s"


def sqlite_warning(config: Config) -> str | None:
    """A warning about a SQLite with a bug that can, very rarely, damage a database; None without it."""
    version = sqlite3.sqlite_version_info
    if not config.is_sqlite or not has_wal_reset_bug(version):
        return None
    return (
        f"SQLite {sqlite3.sqlite_version} has the WAL-reset bug, which can damage a database "
        "when two programs write at the same instant. It is fixed in 3.51.3; some distributions fix it "
        "in earlier versions"
    )


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether this version of SQLite had the bug when it was released."""
    fixed = _WAL_RESET_FIXED.get((version[0], version[1]))
    return version < _FIXED_FOR_ALL if fixed is None else version[2] < fixed
