"""What a report is made of: events with their editions and texts, and both numbers at the end of each day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

from roadmap.domain.errors import invalid
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.numbers import NOTHING, Measure, Numbers, SkillTotals, measure, total_skill
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState
from roadmap.domain.learning.replay import EventValues, State, apply_event
from roadmap.domain.reports.numbers import percent_fields
from roadmap.domain.reports.reports import SeriesPoint
from roadmap.domain.reports.rows import ReportEvidence, Reviewer
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.plans import Plan


class EditionOnRecord(Protocol):
    """An edition that the events name, with milestone keys by id and the ids of merged milestones."""

    @property
    def number(self) -> int: ...
    @property
    def outline(self) -> Outline: ...
    @property
    def keys(self) -> Mapping[int, str]: ...
    @property
    def merged(self) -> Mapping[int, int]: ...

    def plan_for(self, pathways: Collection[str]) -> Plan: ...


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that events refer to, by id: reasons, reviewers, submitted evidence, and revisions.

    Each revision has the id of its milestone.
    """

    reasons: Mapping[int, str]
    reviewers: Mapping[int, Reviewer]
    frozen: Mapping[int, tuple[ReportEvidence, ...]]
    revisions: Mapping[int, tuple[int, ReportEvidence]]
    shows_evidence: bool = True
    shows_names: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """Everything a report is made of; `events` are all of the enrollment in the order of their numbers."""

    person: str
    started_on: date
    today: date
    events: Sequence[EventValues]
    editions: Mapping[int, EditionOnRecord]
    texts: Texts
    installation: str = ""

    def edition_of(self, state: State) -> EditionOnRecord:
        return self.editions[state.edition_id]

    def plan_of(self, state: State) -> Plan:
        return self.edition_of(state).plan_for(settings_of(state).pathways)

    def states_of(self, state: State) -> dict[str, MilestoneState]:
        """Return the milestone states of a state by milestone key."""
        keys = self.edition_of(state).keys
        return {keys[number]: own for number, own in state.states.items() if number in keys}

    def measure_state(self, state: State) -> Numbers:
        return measure(self.plan_of(state), self.states_of(state))


def settings_of(state: State) -> Settings:
    """Return the settings of an enrollment that has begun: its first change set them."""
    return cast("Settings", state.settings)


def check_days(record: Record, as_of: date, since: date | None = None) -> None:
    """Raise Invalid for a day in the future or before the start, or a range that ends before it starts."""
    first = record.events[0].recorded_on
    too_early = f"Nothing was recorded before {first.isoformat()}. Choose that date or a later one."
    if as_of > record.today:
        raise invalid(as_of="This date is in the future. Choose today or an earlier date.")
    if as_of < first:
        raise invalid(as_of=too_early)
    if since is not None and since > as_of:
        raise invalid(since="“Since” is after “as of”. Swap the two days.")
    if since is not None and since < first:
        raise invalid(since=too_early)


def numbers_by_day(events: Sequence[EventValues], record: Record) -> tuple[State, tuple[SeriesPoint, ...]]:
    """Return the state after these events of a record, and the numbers at the end of each day that has some.

    One pass recomputes only the skills that change.
    """
    state, running, points = State(), _Running(record), []
    last = len(events) - 1
    for index, event in enumerate(events):
        apply_event(state, event)
        if event.edition_id is not None or event.settings is not None:
            running.is_current = False
        elif event.milestone_id is not None:
            running.touch(event.milestone_id, state)
        if index == last or events[index + 1].recorded_on > event.recorded_on:
            points.append(SeriesPoint(day=event.recorded_on, **running.percents(state)))
    return state, tuple(points)


class _Running:
    """The running totals of each skill of the plan, and their sums."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.skill_totals: dict[str, SkillTotals] = {}
        self.states: dict[str, MilestoneState] = {}
        self.touched: set[str] = set()
        self.is_current = False

    def _restart(self, state: State) -> None:
        """Recompute every skill, for another edition or other pathways."""
        self.is_current = True
        self.plan, self.keys = self.record.plan_of(state), self.record.edition_of(state).keys
        self.states = self.record.states_of(state)
        self.skill_totals = {}
        self.touched = set(self.plan.by_skill)
        self.total = sum(skill.total for skill in self.plan.skills)
        self.claimed = self.verified = 0

    def touch(self, number: int, state: State) -> None:
        """Record that the state of one milestone has changed."""
        key = self.keys.get(number) if self.is_current else None
        if key is not None and key in self.plan.weights:
            self.states[key] = state.states.get(number, UNTOUCHED)
            self.touched.add(self.plan.outline.skill_of[key].key)

    def percents(self, state: State) -> dict[str, Any]:
        """Return both numbers in percent, as the fields of a `Percents`."""
        if not self.is_current:
            self._restart(state)
        for key in self.touched:
            before = self.skill_totals.get(key, NOTHING)
            after = total_skill(self.plan.by_skill[key], self.states)
            self.claimed += after.claimed - before.claimed
            self.verified += after.verified - before.verified
            self.skill_totals[key] = after
        self.touched.clear()
        claimed, verified = (
            Measure(done, self.total, self.plan.parts, 0, 0) for done in (self.claimed, self.verified)
        )
        return percent_fields(claimed, verified)
