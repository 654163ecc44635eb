"""The fold: from events to the state of an enrollment, now or as of a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification


class EventValues(Protocol):
    """What the fold reads of an event; the mapped class and a bare row both have it."""

    kind: EventKind
    recorded_on: date
    occurred_on: date | None
    milestone_id: int | None
    status: Status | None
    known: bool | None
    reason_id: int | None
    revisit_on: date | None
    note_id: int | None
    evidence_id: int | None
    revision_id: int | None
    edition_id: int | None
    settings: dict[str, Any] | None
    verification: Verification | None
    review_id: int | None


class RecordedValues(EventValues, Protocol):
    """What reports read beyond the fold."""

    recorded_at: datetime
    submission_id: int | None


@dataclass
class State:
    """The state of an enrollment: its edition and settings, states by milestone id, evidence by id."""

    edition_id: int = 0
    settings: Settings | None = None
    states: dict[int, MilestoneState] = field(default_factory=dict)
    evidence: dict[int, int | None] = field(default_factory=dict)


SETS = {
    EventKind.PROGRESS_SET: ("status", "occurred_on", "known", "reason_id"),
    EventKind.REVISIT_SET: ("revisit_on",),
    EventKind.NOTE_SET: ("note_id",),
    EventKind.SUBMITTED: ("verification",),
    EventKind.WITHDRAWN: ("verification",),
    EventKind.REVIEWED: ("verification", "review_id"),
}
"""Which columns of a state each kind of event sets, named the same in the event and in the stored row."""


def state_after(milestone_state: MilestoneState, fact: EventValues) -> MilestoneState:
    """What one event makes of the state of its milestone."""
    return milestone_state._replace(**{column: getattr(fact, column) for column in SETS[fact.kind]})


def replay_events(facts: Iterable[EventValues]) -> State:
    """Fold events, given in the order of their numbers."""
    state = State()
    for fact in facts:
        apply_event(state, fact)
    return state


def apply_event(state: State, fact: EventValues) -> None:
    """Bring a state one event further."""
    if fact.edition_id is not None:
        state.edition_id = fact.edition_id
    if fact.settings is not None:
        state.settings = Settings.from_json(fact.settings)
    if fact.kind is EventKind.EVIDENCE_SET and fact.evidence_id is not None:
        state.evidence[fact.evidence_id] = fact.revision_id
    elif fact.milestone_id is not None:
        before = state.states.get(fact.milestone_id, UNTOUCHED)
        state.states[fact.milestone_id] = state_after(before, fact)


def replay_as_of(facts: Sequence[EventValues], day: date) -> State:
    """What was on record at the end of that day: the fold of events recorded on or before it."""
    return replay_events(fact for fact in facts if fact.recorded_on <= day)
