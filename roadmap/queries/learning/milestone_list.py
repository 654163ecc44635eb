"""The milestone list of an enrollment, and the parts of it that a change affects."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from roadmap.domain.learning.numbers import NOTHING, Numbers, to_numbers
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification
from roadmap.domain.learning.readiness import affected_milestones, ready_among, ready_milestones
from roadmap.domain.roadmaps.outlines import AreaOutline, MilestoneOutline, SkillOutline
from roadmap.queries.learning.snapshots import Snapshot


class Row(NamedTuple):
    """One milestone of the list; equal rows look the same, so a rendered row can be cached under it.

    `shown_on` is the day of the status or verification that the row names.
    """

    milestone: MilestoneOutline
    status: Status
    verification: Verification
    ready: bool
    revisit_on: date | None
    shown_on: date | None


class SkillGroup(NamedTuple):
    """A skill with its rows; outside the plan its numbers are empty."""

    skill: SkillOutline
    in_plan: bool
    numbers: Numbers
    rows: tuple[Row, ...]

    @property
    def is_finished(self) -> bool:
        """Whether all that the plan needs of it is done, and nothing in it is under way or was returned."""
        is_open = any(
            row.status is Status.IN_PROGRESS or row.verification is Verification.RETURNED for row in self.rows
        )
        return self.numbers.claimed.percent == 100 and not is_open


@dataclass(frozen=True, slots=True)
class AreaSection:
    area: AreaOutline
    numbers: Numbers
    skills: tuple[SkillGroup, ...]


def make_row(
    milestone: MilestoneOutline,
    states: Mapping[str, MilestoneState],
    ready: Collection[str],
    *,
    zone: str = "UTC",
) -> Row:
    """One row of the list; `ready` are the keys of all milestones that are, `zone` is the learner's."""
    key = milestone.key
    milestone_state = states.get(key, UNTOUCHED)
    return Row(
        milestone,
        milestone_state.status,
        milestone_state.verification,
        key in ready,
        milestone_state.revisit_on,
        milestone_state.shown_day(zone),
    )


def whole_list(snapshot: Snapshot) -> tuple[AreaSection, ...]:
    """The list of an enrollment without filters: all that follows from the events alone."""
    plan, totals = snapshot.enrollment.plan, snapshot.totals_by_skill
    states, zone = snapshot.states, snapshot.enrollment.time_zone
    ready = frozenset(ready_milestones(plan, states))

    def group(skill: SkillOutline) -> SkillGroup:
        rows = tuple([make_row(milestone, states, ready, zone=zone) for milestone in skill.milestones])
        numbers = to_numbers(plan, totals.get(skill.key, NOTHING))
        return SkillGroup(skill, skill.key in totals, numbers, rows)

    sections = (
        AreaSection(
            area,
            snapshot.numbers_of(area.skills),
            tuple([group(skill) for skill in area.skills if skill.milestones]),
        )
        for area in plan.outline.areas
    )
    return tuple(section for section in sections if section.skills)


@dataclass(frozen=True, slots=True)
class ChangedRows:
    """The parts of the list that a change may have changed."""

    rows: tuple[Row, ...]
    skills: tuple[tuple[SkillOutline, Numbers], ...]
    areas: tuple[tuple[AreaOutline, Numbers], ...]


def changed_rows(snapshot: Snapshot, keys: Sequence[str]) -> ChangedRows:
    """The parts after a change of these milestones; those that left the edition have none."""
    plan, states, zone = snapshot.enrollment.plan, snapshot.states, snapshot.enrollment.time_zone
    outline = plan.outline
    marked = [key for key in keys if key in outline.milestones]
    affected = affected_milestones(outline, marked)
    ready = ready_among(plan, states, affected)
    skills = {outline.skill_of[key].key: outline.skill_of[key] for key in marked}
    areas = [area for area in outline.areas if any(skill.key in skills for skill in area.skills)]
    return ChangedRows(
        rows=tuple(make_row(outline.milestones[key], states, ready, zone=zone) for key in affected),
        skills=tuple((skill, snapshot.numbers_of([skill])) for skill in skills.values()),
        areas=tuple((area, snapshot.numbers_of(area.skills)) for area in areas),
    )
