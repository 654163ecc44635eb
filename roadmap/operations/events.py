"""Append events and bring the stored state after them: the one way an enrollment ever changes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from roadmap.domain.days import recorded_day
from roadmap.domain.enrollments import Enrollment, Settings
from roadmap.domain.events import OF_VERIFICATION, VALUE_COLUMNS, Event, EventKind
from roadmap.domain.evidence import Evidence
from roadmap.domain.folds import SETS
from roadmap.domain.progress import Progress
from roadmap.domain.users import User
from roadmap.operations.withdrawals import settle_submission, withdrawals_after
from roadmap.standings import bring_further
from roadmap.statements import Prepared

Upsert = sqlite.Insert | postgresql.Insert
_INSERTS: dict[str, Callable[[Table], Upsert]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_EVENTS = cast("Table", Event.__table__)
_PROGRESS = cast("Table", Progress.__table__)
_ENROLLMENTS = cast("Table", Enrollment.__table__)


def record_change(
    session: Session,
    enrollment: Enrollment,
    facts: Sequence[Mapping[str, Any]],
    *,
    by: User,
    at: datetime,
    undoes: int | None = None,
) -> int:
    """Append one change of the enrollment, which the caller locked; `facts` hold each event's values.

    Submissions that lose their ground by it are withdrawn in the same change.
    Returns the number of the change: that of its first event.
    """
    change = enrollment.last_number + 1
    recorded_on = recorded_day(enrollment.user.time_zone, at, enrollment.last_recorded_on)
    common = {
        "enrollment_id": enrollment.id,
        "change": change,
        "undoes": undoes,
        "actor_id": by.id,
        "recorded_at": at,
        "recorded_on": recorded_on,
    }
    rows = [
        dict.fromkeys(VALUE_COLUMNS) | dict(fact) | common | {"number": change + place}
        for place, fact in enumerate([*facts, *withdrawals_after(session, enrollment, facts)])
    ]
    session.flush()
    connection = session.connection()
    filled = _filled_columns(rows)
    _appending(filled).run(connection, *[{column: row[column] for column in filled} for row in rows])
    values: dict[str, Any] = {"last_number": change + len(rows) - 1, "last_recorded_on": recorded_on}
    for row in rows:
        values |= _apply(session, connection, row)
    bring_further(session, enrollment, rows)
    _advance(connection, enrollment, values)
    return change


def _filled_columns(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The columns that some row fills: of twenty, most kinds of events fill a dozen."""
    return tuple([column for column in rows[0] if any(row[column] is not None for row in rows)])


@cache
def _appending(columns: tuple[str, ...]) -> Prepared:
    return Prepared(insert(_EVENTS), columns)


def _advance(connection: Connection, enrollment: Enrollment, values: dict[str, Any]) -> None:
    """Write how far the enrollment is, without a unit of work, which takes longer than the rest of a mark."""
    _advancing(tuple(values)).run(connection, {"of": enrollment.id, **values})
    for name, value in values.items():
        set_committed_value(enrollment, name, value)


@cache
def _advancing(columns: tuple[str, ...]) -> Prepared:
    statement = update(_ENROLLMENTS).where(_ENROLLMENTS.c.id == bindparam("of"))
    return Prepared(statement.values({name: bindparam(name) for name in columns}))


def _apply(session: Session, connection: Connection, row: Mapping[str, Any]) -> dict[str, Any]:
    """Write what an event sets beside the enrollment's own row; gives what it sets in that."""
    kind = row["kind"]
    if kind in SETS:
        columns = ("enrollment_id", "milestone_id", *SETS[kind])
        statement = _upserting(connection.dialect.name, kind)
        statement.run(connection, {column: row[column] for column in columns})
        if kind in OF_VERIFICATION:
            settle_submission(session, row)
    elif kind is EventKind.EVIDENCE_SET:
        changed = update(Evidence).where(Evidence.id == row["evidence_id"])
        session.execute(changed.values(revision_id=row["revision_id"]))
    elif kind is EventKind.SETTINGS_SET:
        return _columns_of(Settings.from_json(row["settings"]))
    elif kind is EventKind.EDITION_SET:
        return {"edition_id": row["edition_id"]}
    return {}


@cache
def _upserting(dialect: str, kind: EventKind) -> Prepared:
    """The statement that writes what this kind of event sets."""
    statement, key = _INSERTS[dialect](_PROGRESS), ("enrollment_id", "milestone_id")
    changed = {column: statement.excluded[column] for column in SETS[kind]}
    return Prepared(statement.on_conflict_do_update(index_elements=key, set_=changed), (*key, *SETS[kind]))


def _columns_of(settings: Settings) -> dict[str, Any]:
    return {
        "pathways": list(settings.pathways),
        "weekly_hours": settings.weekly_hours,
        "target_on": settings.target_on,
        "state": settings.state,
        "shows_forecast": settings.shows_forecast,
    }
