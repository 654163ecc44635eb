"""Mark milestones: a status, what was known before, a day to revisit one, and the private note."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from roadmap.cache.states import state_of, states_by_id
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import invalid, or_not_found
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import (
    NOTE_LENGTH,
    REASON_LENGTH,
    UNTOUCHED,
    MilestoneState,
    Note,
    Reason,
    Status,
)
from roadmap.domain.local_dates import check_ahead, check_past
from roadmap.operations.learning.enrollments import outline_of, today_of
from roadmap.operations.learning.events import record_change
from roadmap.operations.roadmaps.row_imports import take_ticked
from roadmap.operations.text_rules import check_unchanged, clean_text


def find_milestone(session: Session, enrollment: Enrollment, key: str) -> int:
    """Return the id of a milestone in the edition this learner follows; raise NotFound."""
    return or_not_found(outline_of(session, enrollment).ids.get(key), "This milestone isn’t in this roadmap.")


def set_progress(
    session: Session,
    enrollment: Enrollment,
    key: str,
    status: Status,
    *,
    by: User,
    at: datetime,
    occurred_on: date | None = None,
    reason: str | None = None,
) -> int | None:
    """Set the status of a milestone; without a day it is today, without a reason the current one is kept.

    Returns the number of the change, or None when status, day and reason are recorded already.
    """
    milestone_id, today = find_milestone(session, enrollment, key), today_of(enrollment, at)
    if occurred_on is not None:
        check_past(occurred_on, today, field="occurred_on")
    if reason is not None:
        reason = clean_text(reason, field="reason", most=REASON_LENGTH)
    before = state_of(session, enrollment, milestone_id)
    is_same = before.status is status
    keeps_reason = is_same and reason in (None, _text_of(session, before.reason_id))
    if keeps_reason and occurred_on in (None, before.occurred_on):
        return None
    event: dict[str, Any] = {
        "kind": EventKind.PROGRESS_SET,
        "milestone_id": milestone_id,
        "status": status,
        "occurred_on": occurred_on or (before.occurred_on if is_same else None) or today,
        "known": is_same and before.known and occurred_on is None,
        "reason_id": before.reason_id if keeps_reason else _add_reason(session, enrollment, reason or ""),
    }
    return record_change(session, enrollment, [event], by=by, at=at)


def mark_known(
    session: Session,
    enrollment: Enrollment,
    keys: Sequence[str],
    *,
    by: User,
    at: datetime,
    skill: str | None = None,
) -> int | None:
    """Mark milestones, and the required ones of a skill, as known before.

    A done one of `keys` keeps its day and reason; those of the skill that are done stay as they are.
    Returns the number of the one change, or None when there is nothing to mark.
    """
    outline, ids = outline_of(session, enrollment).outline, outline_of(session, enrollment).ids
    if skill is not None and skill not in outline.skills:
        raise invalid(skill=f"This roadmap has no skill “{skill}”.")
    of_skill = outline.skills[skill].milestones if skill is not None else ()
    states = states_by_id(session, enrollment)
    required = [milestone.key for milestone in of_skill if not milestone.optional]
    not_done = [key for key in required if states.get(ids[key], UNTOUCHED).status is not Status.DONE]
    keys = [*keys, *not_done]
    if not keys and skill is None:
        raise invalid(milestones="Choose at least one milestone that you already know.")
    unknown = [key for key in keys if key not in ids]
    if unknown:
        raise invalid(milestones=f"This roadmap has no milestone “{unknown[0]}”.")
    today = today_of(enrollment, at)
    events = [
        _known_event(ids[key], states.get(ids[key], UNTOUCHED), today)
        for key in dict.fromkeys(keys)
        if not states.get(ids[key], UNTOUCHED).known
    ]
    return record_change(session, enrollment, events, by=by, at=at) if events else None


def _known_event(milestone_id: int, before: MilestoneState, today: date) -> dict[str, Any]:
    is_done = before.status is Status.DONE
    return {
        "kind": EventKind.PROGRESS_SET,
        "milestone_id": milestone_id,
        "status": Status.DONE,
        "occurred_on": before.occurred_on if is_done else today,
        "known": True,
        "reason_id": before.reason_id if is_done else None,
    }


def set_revisit(
    session: Session, enrollment: Enrollment, key: str, revisit_on: date | None, *, by: User, at: datetime
) -> int | None:
    """Set or clear the day to revisit a milestone. Return the number of the change, or None."""
    milestone_id = find_milestone(session, enrollment, key)
    if revisit_on == state_of(session, enrollment, milestone_id).revisit_on:
        return None
    if revisit_on is not None:
        check_ahead(revisit_on, today_of(enrollment, at), field="revisit_on")
    event = {"kind": EventKind.REVISIT_SET, "milestone_id": milestone_id, "revisit_on": revisit_on}
    return record_change(session, enrollment, [event], by=by, at=at)


def _text_of(session: Session, reason_id: int | None) -> str:
    stored = session.get(Reason, reason_id) if reason_id is not None else None
    return (stored.text or "") if stored else ""


def _add_reason(session: Session, enrollment: Enrollment, text: str) -> int | None:
    if not text:
        return None
    row = Reason(enrollment_id=enrollment.id, text=text)
    session.add(row)
    session.flush()
    return row.id


def mark_ticked(session: Session, enrollment: Enrollment, *, by: User, at: datetime) -> int | None:
    """Mark as known before what this person had ticked in their import.

    Returns the number of the one change, or None when there was nothing.
    """
    ids = outline_of(session, enrollment).ids
    keys = [key for key in take_ticked(session, enrollment.roadmap_id, by=by) if key in ids]
    return mark_known(session, enrollment, keys, by=by, at=at) if keys else None


def set_note(
    session: Session, enrollment: Enrollment, key: str, text: str, *, version: int, by: User, at: datetime
) -> int | None:
    """Save the private note; an empty text deletes it. Return the number of the change, or None.

    `version` is the id of the note the person saw, 0 for none. Raises StaleText when it was changed since.
    """
    milestone_id = find_milestone(session, enrollment, key)
    text = clean_text(text, field="note", most=NOTE_LENGTH)
    note_id = state_of(session, enrollment, milestone_id).note_id
    present = session.get(Note, note_id) if note_id is not None else None
    current = (present.text or "") if present else ""
    if text == current:
        return None
    check_unchanged(version, present.id if present else 0, what="note", current=current)
    new_id = _add_note(session, enrollment, milestone_id, text)
    event = {"kind": EventKind.NOTE_SET, "milestone_id": milestone_id, "note_id": new_id}
    return record_change(session, enrollment, [event], by=by, at=at)


def _add_note(session: Session, enrollment: Enrollment, milestone_id: int, text: str) -> int | None:
    if not text:
        return None
    note = Note(enrollment_id=enrollment.id, milestone_id=milestone_id, text=text)
    session.add(note)
    session.flush()
    return note.id
