"""Append events, withdraw what they make invalid, update the state: the only way an enrollment changes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from roadmap.cache.states import apply_events, states_by_id
from roadmap.domain.accounts.users import User
from roadmap.domain.base import inline_literal
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState, Settings
from roadmap.domain.learning.events import OF_VERIFICATION, VALUE_COLUMNS, Event, EventKind
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.learning.progress import UNTOUCHED, Progress, Status, Verification
from roadmap.domain.learning.replay import SETS, StatesById
from roadmap.domain.local_dates import recorded_day
from roadmap.domain.mentoring.submissions import Claim, Submission, SubmissionState, submission_event
from roadmap.domain.roadmaps.editions import MilestoneText
from roadmap.operations.learning.moved_work import place_messages

Upsert = sqlite.Insert | postgresql.Insert
_INSERTS: dict[str, Callable[[Table], Upsert]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_EVENTS = cast("Table", Event.__table__)
_OF_SUBMISSIONS = (OF_VERIFICATION | {EventKind.SUBMISSION_MOVED}) - {EventKind.VERIFICATION_SET}
_PROGRESS = cast("Table", Progress.__table__)
Events = Sequence[Mapping[str, Any]]
_STATES = {
    EventKind.SUBMITTED: SubmissionState.OPEN,
    EventKind.WITHDRAWN: SubmissionState.WITHDRAWN,
    EventKind.REVIEWED: SubmissionState.ANSWERED,
}
_OPEN: Any = (
    select(Submission.id, Submission.milestone_id, Submission.came_from)
    .where(
        Submission.enrollment_id == bindparam("enrollment_id"),
        Submission.state == inline_literal(SubmissionState.OPEN),
    )
    .order_by(Submission.id)
)


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
        for index, event in enumerate([*events, *_withdrawals_after(session, enrollment, events)])
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
        _settle_submission(session, row)
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


def _withdrawals_after(session: Session, enrollment: Enrollment, events: Events) -> list[dict[str, Any]]:
    """Return the events that withdraw submissions which cannot stay open after these events.

    The caller records them in the same change.
    """
    states = states_by_id(session, enrollment) if any(map(_unmarks, events)) else StatesById()
    if not any(_may_withdraw(event, states) for event in events):
        return []
    submissions = session.connection().execute(_OPEN, {"enrollment_id": enrollment.id})
    settled = {event["milestone_id"] for event in events if event["kind"] in OF_VERIFICATION}
    return [
        submission_event(EventKind.WITHDRAWN, submission, submission.came_from)
        for submission in submissions
        if submission.milestone_id not in settled
        and any(_ends_submission(session, event, submission) for event in events)
    ]


def _settle_submission(session: Session, row: Mapping[str, Any]) -> None:
    """Update the submission an event is about, and delete its claim when it is not open."""
    of_event = update(Submission).where(Submission.id == row["submission_id"])
    if row["kind"] is EventKind.SUBMISSION_MOVED:
        session.execute(of_event.values(milestone_id=row["milestone_id"]))
        return
    session.execute(of_event.values(state=_STATES[row["kind"]]))
    if row["kind"] is not EventKind.SUBMITTED:
        session.execute(delete(Claim).where(Claim.submission_id == row["submission_id"]))


def _unmarks(event: Mapping[str, Any]) -> bool:
    return event["kind"] is EventKind.PROGRESS_SET and event["status"] is not Status.DONE


def _may_withdraw(event: Mapping[str, Any], states: StatesById) -> bool:
    """Return whether to look for open submissions, without a query: their milestones are submitted."""
    if _unmarks(event):
        milestone_state = states.get(event["milestone_id"], UNTOUCHED)
        return milestone_state.verification is Verification.SUBMITTED
    return event["kind"] in {EventKind.SETTINGS_SET, EventKind.EDITION_SET}


def _ends_submission(session: Session, event: Mapping[str, Any], submission: Any) -> bool:
    kind = event["kind"]
    if kind is EventKind.PROGRESS_SET:
        return bool(event["milestone_id"] == submission.milestone_id and _unmarks(event))
    if kind is EventKind.SETTINGS_SET:
        return bool(event["settings"]["state"] == EnrollmentState.ARCHIVED)
    if kind is EventKind.EDITION_SET:
        of_edition = (
            MilestoneText.edition_id == event["edition_id"],
            MilestoneText.milestone_id == submission.milestone_id,
        )
        return session.scalar(select(MilestoneText.id).where(*of_edition)) is None
    return False
