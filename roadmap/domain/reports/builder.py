"""Builds a progress report from the events up to a day and the texts that they refer to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from roadmap.domain.learning.numbers import (
    counts_for_claimed,
    counts_for_verified,
    sum_totals,
    total_skills,
)
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState
from roadmap.domain.learning.replay import EventValues, State, replay_events
from roadmap.domain.reports.milestones import report_milestones
from roadmap.domain.reports.numbers import number_fields, percent_fields, report_outlook
from roadmap.domain.reports.records import EditionOnRecord, Record, check_days, numbers_by_day, settings_of
from roadmap.domain.reports.reports import (
    COMPUTATION,
    FORMULA,
    ChangeSince,
    ProgressReport,
    ReportArea,
    ReportRoadmap,
    ReportSkill,
)
from roadmap.domain.roadmaps.plans import Plan


def make_report(record: Record, as_of: date, since: date | None = None) -> ProgressReport:
    """Return the report as of the end of a day, with the changes since an earlier day if it is given.

    Raises Invalid for a day in the future or before the start, or for a range that ends before it starts.
    """
    check_days(record, as_of, since)
    events = [event for event in record.events if event.recorded_on <= as_of]
    state, series = numbers_by_day(events, record)
    edition, plan = record.edition_of(state), record.plan_of(state)
    settings, numbers, states = settings_of(state), record.measure_state(state), record.states_of(state)
    milestones, retired = report_milestones(record, events, state, _followed(record, events))
    return ProgressReport(
        format=1,
        formula=FORMULA,
        person=record.person,
        roadmap=ReportRoadmap(plan.outline.slug, plan.outline.title, edition.number, plan.outline.language),
        pathways=tuple(
            pathway.title for pathway in edition.outline.pathways if pathway.key in settings.pathways
        ),
        started_on=record.started_on,
        as_of=as_of,
        target_on=settings.target_on,
        computation=COMPUTATION,
        **number_fields(numbers),
        extra=numbers.extra,
        hours_credited=sum(milestone.hours_credited for milestone in (*milestones, *retired)),
        areas=tuple(_areas(plan, states)),
        milestones=milestones,
        retired=retired,
        change=_change(record, events, state, since) if since else None,
        series=series,
        shows_evidence=record.texts.shows_evidence,
        shows_names=record.texts.shows_names,
        issued=None,
        installation=record.installation,
        outlook=report_outlook(plan, states, settings, events, started_on=record.started_on, as_of=as_of),
    )


def _followed(record: Record, events: Sequence[EventValues]) -> dict[int, EditionOnRecord]:
    """Return the editions followed so far, because later ones must not change an earlier report."""
    ids = dict.fromkeys(event.edition_id for event in events if event.edition_id is not None)
    return {number: record.editions[number] for number in ids}


def _areas(plan: Plan, states: Mapping[str, MilestoneState]) -> Iterator[ReportArea]:
    skill_totals = total_skills(plan, states)
    for area in plan.outline.areas:
        skills = tuple(
            ReportSkill(
                key=skill.key,
                title=skill.title,
                in_plan=skill.key in skill_totals,
                needs=skill.needs,
                **number_fields(
                    sum_totals(plan, [skill_totals[skill.key]] if skill.key in skill_totals else [])
                ),
            )
            for skill in area.skills
        )
        totals = sum_totals(
            plan, [skill_totals[skill.key] for skill in area.skills if skill.key in skill_totals]
        )
        yield ReportArea(key=area.key, title=area.title, skills=skills, **number_fields(totals))


def _change(record: Record, events: Sequence[EventValues], state: State, since: date) -> ChangeSince:
    before = replay_events(event for event in events if event.recorded_on <= since)
    plan, states = record.plan_of(state), record.states_of(state)
    earlier = {
        record.edition_of(before).keys.get(number): milestone_state
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
