"""Replays events into the state of an enrollment and of its milestones, now or as of a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from roadmap.domain.learning.enrollments import EnrollmentState, Settings
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.numbers import SkillTotals, total_skills
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification
from roadmap.domain.roadmaps.plans import Plan


class EventValues(Protocol):
    """The columns of an event that a replay reads; both `Event` and a plain row have them."""

    change: int
    kind: EventKind
    recorded_at: datetime
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
    submission_id: int | None
    review_id: int | None


@dataclass
class State:
    """The state of an enrollment: edition, settings, milestone states by milestone id, evidence by id.

    `submitted` has the moment of each submission by id and its change, because one that was withdrawn can
    return. `signed_off` has the ids of those that were verified in the change that made them. `reviewed` has
    the moment of each review by id, and if it was such a sign-off.
    """

    edition_id: int = 0
    settings: Settings | None = None
    states: dict[int, MilestoneState] = field(default_factory=dict)
    evidence: dict[int, int | None] = field(default_factory=dict)
    submitted: dict[int, tuple[datetime, int]] = field(default_factory=dict)
    signed_off: set[int] = field(default_factory=set)
    reviewed: dict[int, tuple[datetime, bool]] = field(default_factory=dict)


SETS = {
    EventKind.PROGRESS_SET: ("status", "occurred_on", "known", "reason_id"),
    EventKind.REVISIT_SET: ("revisit_on",),
    EventKind.NOTE_SET: ("note_id",),
    EventKind.SUBMITTED: ("verification",),
    EventKind.WITHDRAWN: ("verification",),
    EventKind.REVIEWED: ("verification", "review_id"),
    EventKind.VERIFICATION_SET: ("verification", "review_id"),
}
"""The fields of a milestone state that each kind of event sets; the stored row has the same names."""


def replay_events(events: Iterable[EventValues]) -> State:
    """Return the state after these events, which are given in the order of their numbers."""
    state = State()
    for event in events:
        apply_event(state, event)
    return state


def apply_event(state: State, event: EventValues) -> None:
    if event.edition_id is not None:
        state.edition_id = event.edition_id
    if event.settings is not None:
        state.settings = Settings.from_json(event.settings)
    if event.kind is EventKind.EVIDENCE_SET and event.evidence_id is not None:
        state.evidence[event.evidence_id] = event.revision_id
    elif event.milestone_id is not None and event.kind in SETS:
        before = state.states.get(event.milestone_id, UNTOUCHED)
        after = before._replace(**{column: getattr(event, column) for column in SETS[event.kind]})
        state.states[event.milestone_id] = _with_moments(after, event, state)


def _with_moments(milestone_state: MilestoneState, event: EventValues, state: State) -> MilestoneState:
    """Return the state with the moments of its submission and review, which are added to `state` if new."""
    submission = event.submission_id or 0
    if event.kind is EventKind.SUBMITTED:
        at, _ = state.submitted.setdefault(submission, (event.recorded_at, event.change))
        return milestone_state._replace(submitted_at=at)
    if event.kind is EventKind.WITHDRAWN:
        return milestone_state._replace(submitted_at=None)
    if event.kind is EventKind.REVIEWED:
        if state.submitted[submission][1] == event.change:
            state.signed_off.add(submission)
        is_sign_off = submission in state.signed_off
        at = event.recorded_at
        state.reviewed[event.review_id or 0] = (at, is_sign_off)
        return milestone_state._replace(submitted_at=None, reviewed_at=at, signed_off=is_sign_off)
    if event.kind is EventKind.VERIFICATION_SET:
        reviewed_at, is_sign_off = state.reviewed.get(event.review_id or 0, (None, False))
        is_open = event.verification is Verification.SUBMITTED
        return milestone_state._replace(
            submitted_at=state.submitted[submission][0] if is_open else None,
            reviewed_at=reviewed_at,
            signed_off=is_sign_off,
        )
    return milestone_state


class StatesById(dict[int, MilestoneState]):
    """States of the milestones that have events, by id. Not changed any more once it is shared.

    `state_changes` are the days on which the settings were changed and the states they left, in order, up to
    the same event; None until they are read.
    """

    __slots__ = ("_cached_totals", "state_changes")
    _cached_totals: tuple[Plan, dict[str, SkillTotals]] | None
    state_changes: Sequence[tuple[date, EnrollmentState]] | None

    def __init__(
        self, states: Mapping[int, MilestoneState] | Iterable[tuple[int, MilestoneState]] = ()
    ) -> None:
        super().__init__(states)
        self._cached_totals = None
        self.state_changes = None

    def after(self, rows: Iterable[Mapping[Any, Any]]) -> "StatesById":
        """Return the states after these events, which are applied in the order of the rows."""
        later = StatesById(self)
        later.state_changes = self.state_changes
        for row in rows:
            if row["kind"] is EventKind.SETTINGS_SET:
                later.state_changes = None
            if row["kind"] in SETS:
                changed = {column: row[column] for column in SETS[row["kind"]]}
                milestone_id = row["milestone_id"]
                later[milestone_id] = later.get(milestone_id, UNTOUCHED)._replace(**changed)
        return later

    def skill_totals(self, plan: Plan, by_key: Mapping[str, MilestoneState]) -> dict[str, SkillTotals]:
        """Return the totals of each skill of the plan, computed once for the plan that was asked for last.

        `by_key` has the same states by the keys of the plan's milestones.
        """
        if self._cached_totals is None or self._cached_totals[0] is not plan:
            self._cached_totals = plan, total_skills(plan, by_key)
        return self._cached_totals[1]
