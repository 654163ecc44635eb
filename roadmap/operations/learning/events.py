"""Append events and update the stored state: the only way an enrollment changes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from roadmap.cache.states import apply_events
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment, Settings
from roadmap.domain.learning.events import OF_VERIFICATION, VALUE_COLUMNS, Event, EventKind
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.learning.progress import Progress
from roadmap.domain.learning.replay import SETS
from roadmap.domain.local_dates import recorded_day
from roadmap.operations.learning.automatic_withdrawals import settle_submission, withdrawals_after
from roadmap.operations.learning.moved_work import place_messages

Upsert = sqlite.Insert | postgresql.Insert
_INSERTS: dict[str, Callable[[Table], Upsert]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_EVENTS = cast("Table", Event.__table__)
_OF_SUBMISSIONS = (OF_VERIFICATION | {EventKind.SUBMISSION_MOVED}) - {EventKind.VERIFICATION_SET}
_PROGRESS = cast("Table", Progress.__table__)


def record_change(
    session: Session,
    enrollment: Enrollment,
    events: Sequence[Mapping[str, Any]],
    *,
    by: User,
    at: datetime,
    undoes: int | None = None,
) -> int:
    """Append one change to an enrollment that the caller locked; `events` are the values of its events.

    Submissions that cannot stay open after it are withdrawn in the same change.
    Returns the number of the change, which is that of its first event.
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
        dict.fromkeys(VALUE_COLUMNS) | dict(event) | common | {"number": change + index}
        for index, event in enumerate([*events, *withdrawals_after(session, enrollment, events)])
    ]
    session.flush()
    session.connection().execute(insert(_EVENTS), rows)
    for row in rows:
        _apply(session, enrollment, row)
    apply_events(session, enrollment, rows)
    enrollment.last_number = change + len(rows) - 1
    enrollment.last_recorded_on = recorded_on
    session.flush()
    return change


def _apply(session: Session, enrollment: Enrollment, row: Mapping[str, Any]) -> None:
    """Update the stored state by one event."""
    kind = row["kind"]
    if kind in SETS:
        columns = ("enrollment_id", "milestone_id", *SETS[kind])
        connection = session.connection()
        connection.execute(_upsert(connection.dialect.name, kind), {name: row[name] for name in columns})
    if kind in _OF_SUBMISSIONS:
        settle_submission(session, row)
    elif kind is EventKind.EVIDENCE_SET:
        changed = update(Evidence).where(Evidence.id == row["evidence_id"])
        session.execute(changed.values(revision_id=row["revision_id"]))
    elif kind is EventKind.SETTINGS_SET:
        enrollment.settings = Settings.from_json(row["settings"])
    elif kind is EventKind.EDITION_SET:
        enrollment.edition_id = row["edition_id"]
        if row["change"] > 1:
            place_messages(session, enrollment)


@cache
def _upsert(dialect: str, kind: EventKind) -> Upsert:
    """Return the statement that writes the columns this kind of event sets."""
    statement = _INSERTS[dialect](_PROGRESS)
    changed = {column: statement.excluded[column] for column in SETS[kind]}
    return statement.on_conflict_do_update(index_elements=["enrollment_id", "milestone_id"], set_=changed)
