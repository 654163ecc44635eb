"""Both numbers over time, in one pass over the events that recomputes only the skills that change."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from roadmap.domain.learning.numbers import Measure, SkillTotals, total_skill
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState
from roadmap.domain.learning.replay import EventValues, State, apply_event
from roadmap.domain.reports.numbers import percent_fields
from roadmap.domain.reports.reports import SeriesPoint
from roadmap.domain.roadmaps.plans import Plan


class _Plans(Protocol):
    def plan_of(self, state: State) -> Plan: ...

    def keys_of(self, state: State) -> Mapping[int, str]: ...


def numbers_by_day(events: Sequence[EventValues], plans: _Plans) -> tuple[State, tuple[SeriesPoint, ...]]:
    """Return the state after all events, and the numbers at the end of each day that has events."""
    state, running, points = State(), _Running(plans), []
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

    def __init__(self, plans: _Plans) -> None:
        self.plans = plans
        self.skill_totals: dict[str, SkillTotals] = {}
        self.states: dict[str, MilestoneState] = {}
        self.touched: set[str] = set()
        self.is_current = False

    def _restart(self, state: State) -> None:
        """Recompute every skill, for another edition or other pathways."""
        self.is_current = True
        self.plan, self.keys = self.plans.plan_of(state), self.plans.keys_of(state)
        self.states = {
            self.keys[number]: milestone_state
            for number, milestone_state in state.states.items()
            if number in self.keys
        }
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
            before = self.skill_totals.get(key)
            after = total_skill(self.plan.by_skill[key], self.states)
            self.claimed += after.claimed - (before.claimed if before else 0)
            self.verified += after.verified - (before.verified if before else 0)
            self.skill_totals[key] = after
        self.touched.clear()
        claimed, verified = (
            Measure(done, self.total, self.plan.parts, 0, 0) for done in (self.claimed, self.verified)
        )
        return percent_fields(claimed, verified)
