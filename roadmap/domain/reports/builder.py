"""Builds a progress report from the events up to a day and the texts that they refer to."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import cast

from roadmap.domain.errors import invalid
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.numbers import (
    Numbers,
    counts_for_claimed,
    counts_for_verified,
    measure,
    sum_totals,
    total_skills,
)
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState
from roadmap.domain.learning.replay import EventValues, State, replay_events
from roadmap.domain.reports.history import numbers_by_day
from roadmap.domain.reports.milestones import Texts, report_milestones, retired_milestones
from roadmap.domain.reports.numbers import number_fields, percent_fields, report_outlook
from roadmap.domain.reports.reports import (
    COMPUTATION,
    FORMULA,
    ChangeSince,
    ProgressReport,
    ReportArea,
    ReportRoadmap,
    ReportSkill,
)
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.plans import Plan, make_plan


@dataclass(frozen=True, slots=True)
class EditionOnRecord:
    """An edition that the events name, with milestone keys by id and the ids of merged milestones.

    `cached_plan` returns the plan of a choice of pathways from a cache, if there is one.
    """

    number: int
    outline: Outline
    keys: Mapping[int, str]
    cached_plan: Callable[[Collection[str]], Plan] | None = None
    merged: Mapping[int, int] = field(default_factory=dict)

    def plan_for(self, pathways: Collection[str]) -> Plan:
        """The plan of these pathways."""
        return self.cached_plan(pathways) if self.cached_plan else make_plan(self.outline, pathways)


@dataclass(frozen=True)
class Record:
    """Everything a report is made of; `events` are all of the enrollment in the order of their numbers."""

    person: str
    started_on: date
    today: date
    events: Sequence[EventValues]
    editions: Mapping[int, EditionOnRecord]
    texts: Texts
    installation: str = ""

    @cached_property
    def _plans(self) -> dict[tuple[int, tuple[str, ...]], Plan]:
        return {}

    def plan_of(self, state: State) -> Plan:
        """Return the plan of a state, computed once for each edition and choice of pathways."""
        pathways = _settings_of(state).pathways
        key = (state.edition_id, pathways)
        if key not in self._plans:
            self._plans[key] = self.editions[state.edition_id].plan_for(pathways)
        return self._plans[key]

    def keys_of(self, state: State) -> Mapping[int, str]:
        """Return the milestone keys by id in the edition of a state."""
        return self.editions[state.edition_id].keys

    def states_of(self, state: State) -> dict[str, MilestoneState]:
        """Return the milestone states of a state by milestone key."""
        keys = self.keys_of(state)
        return {
            keys[number]: milestone_state
            for number, milestone_state in state.states.items()
            if number in keys
        }

    def measure_state(self, state: State) -> Numbers:
        """Return both numbers of a state."""
        return measure(self.plan_of(state), self.states_of(state))


def _settings_of(state: State) -> Settings:
    return cast("Settings", state.settings)  # the first change of every enrollment sets them


def make_report(record: Record, as_of: date, since: date | None = None) -> ProgressReport:
    """Return the report as of the end of a day, with the changes since an earlier day if it is given.

    Raises Invalid for a day in the future or before the start, or for a range that ends before it starts.
    """
    check_days(record, as_of, since)
    events = [event for event in record.events if event.recorded_on <= as_of]
    state, series = numbers_by_day(events, record)
    edition, plan = record.editions[state.edition_id], record.plan_of(state)
    settings, numbers, followed = _settings_of(state), record.measure_state(state), _followed(record, events)
    milestones = report_milestones(events, state, plan, followed, record.texts)
    retired = retired_milestones(events, state, followed, record.texts)
    return ProgressReport(
        format=1,
        formula=FORMULA,
        person=record.person,
        roadmap=ReportRoadmap(plan.outline.slug, plan.outline.title, edition.number, plan.outline.language),
        pathways=tuple(each.title for each in edition.outline.pathways if each.key in settings.pathways),
        started_on=record.started_on,
        as_of=as_of,
        target_on=settings.target_on,
        computation=COMPUTATION,
        **number_fields(numbers),
        extra=numbers.extra,
        hours_credited=sum(milestone.hours_credited for milestone in (*milestones, *retired)),
        areas=tuple(_areas(plan, record.states_of(state))),
        milestones=milestones,
        retired=retired,
        change=_change(record, events, state, since) if since else None,
        series=series,
        shows_evidence=record.texts.shows_evidence,
        shows_names=record.texts.shows_names,
        issued=None,
        installation=record.installation,
        outlook=report_outlook(
            plan, record.states_of(state), settings, events, started_on=record.started_on, as_of=as_of
        ),
    )


def _followed(record: Record, events: Sequence[EventValues]) -> dict[int, EditionOnRecord]:
    """Return the editions followed so far, because later ones must not change an earlier report."""
    ids = dict.fromkeys(event.edition_id for event in events if event.edition_id is not None)
    return {number: record.editions[number] for number in ids}


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


def _areas(plan: Plan, states: Mapping[str, MilestoneState]) -> Iterator[ReportArea]:
    tallies = total_skills(plan, states)
    for area in plan.outline.areas:
        skills = tuple(
            ReportSkill(
                key=skill.key,
                title=skill.title,
                in_plan=skill.key in tallies,
                needs=skill.needs,
                **number_fields(sum_totals(plan, [tallies[skill.key]] if skill.key in tallies else [])),
            )
            for skill in area.skills
        )
        totals = sum_totals(plan, [tallies[skill.key] for skill in area.skills if skill.key in tallies])
        yield ReportArea(key=area.key, title=area.title, skills=skills, **number_fields(totals))


def _change(record: Record, events: Sequence[EventValues], state: State, since: date) -> ChangeSince:
    before = replay_events(event for event in events if event.recorded_on <= since)
    plan, states = record.plan_of(state), record.states_of(state)
    earlier = {
        record.editions[before.edition_id].keys.get(number): milestone_state
        for number, milestone_state in before.states.items()
    }
    numbers = record.measure_state(before)

    def titles(counts: Callable[[MilestoneState], bool]) -> tuple[str, ...]:
        return tuple(
            milestone.title
            for key, milestone in plan.outline.milestones.items()
            if counts(states.get(key, UNTOUCHED)) and not counts(earlier.get(key, UNTOUCHED))
        )

    return ChangeSince(
        since=since,
        **percent_fields(numbers.claimed, numbers.verified),
        done=titles(counts_for_claimed),
        verified_titles=titles(counts_for_verified),
    )
