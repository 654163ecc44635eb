"""The milestone list of an enrollment, and the parts of it that a change affects."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from roadmap.domain.learning.numbers import NOTHING, Numbers, sum_totals, to_numbers
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification
from roadmap.domain.learning.readiness import affected_milestones, ready_among, ready_milestones
from roadmap.domain.learning.targets import Outlook
from roadmap.domain.roadmaps.outlines import AreaOutline, MilestoneOutline, SkillOutline
from roadmap.queries.learning.enrollment_views import EnrollmentPlan
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
    """An area with the numbers of its skills."""

    area: AreaOutline
    numbers: Numbers
    skills: tuple[SkillGroup, ...]


@dataclass(frozen=True, slots=True)
class MilestoneList:
    """The list without filters and the two numbers: all that follows from the events alone."""

    numbers: Numbers
    areas: tuple[AreaSection, ...]


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


def whole_list(snapshot: Snapshot) -> MilestoneList:
    """The list of an enrollment, without filters."""
    builder = _Builder(snapshot)
    sections = [builder.section(area) for area in builder.outline.areas]
    return MilestoneList(snapshot.numbers, tuple(section for section in sections if section.skills))


class _Builder:
    """Builds the list from one enrollment and its states."""

    def __init__(self, snapshot: Snapshot) -> None:
        enrollment = snapshot.enrollment
        self.outline, self.plan = enrollment.stored.outline, enrollment.plan
        self.states, self.zone = snapshot.states, enrollment.time_zone
        self.ready = frozenset(ready_milestones(self.plan, self.states))
        self.skill_totals = snapshot.totals_by_skill

    def section(self, area: AreaOutline) -> AreaSection:
        tallies = [self.skill_totals[skill.key] for skill in area.skills if skill.key in self.skill_totals]
        groups = tuple([self.group(skill) for skill in area.skills if skill.milestones])
        return AreaSection(area, sum_totals(self.plan, tallies), groups)

    def group(self, skill: SkillOutline) -> SkillGroup:
        rows = tuple(
            [make_row(milestone, self.states, self.ready, zone=self.zone) for milestone in skill.milestones]
        )
        tally = self.skill_totals.get(skill.key)
        return SkillGroup(skill, tally is not None, to_numbers(self.plan, tally or NOTHING), rows)


@dataclass(frozen=True, slots=True)
class ChangedRows:
    """The parts of the list that a change may have changed."""

    enrollment: EnrollmentPlan
    numbers: Numbers
    outlook: Outlook
    rows: tuple[Row, ...]
    skills: tuple[tuple[SkillOutline, Numbers], ...]
    areas: tuple[tuple[AreaOutline, Numbers], ...]


def changed_rows(snapshot: Snapshot, keys: Sequence[str]) -> ChangedRows:
    """The parts after a change of these milestones; those that left the edition have none."""
    enrollment, states, tallies = snapshot.enrollment, snapshot.states, snapshot.totals_by_skill
    outline, plan, zone = enrollment.stored.outline, enrollment.plan, enrollment.time_zone
    marked = [key for key in keys if key in outline.milestones]
    affected = affected_milestones(outline, marked)
    ready = ready_among(plan, states, affected)
    skills = {outline.skill_of[key].key: outline.skill_of[key] for key in marked}
    areas = [area for area in outline.areas if any(skill.key in skills for skill in area.skills)]

    def numbers_of(some: Iterable[SkillOutline]) -> Numbers:
        return sum_totals(plan, [tallies[skill.key] for skill in some if skill.key in tallies])

    return ChangedRows(
        enrollment=enrollment,
        numbers=snapshot.numbers,
        outlook=snapshot.outlook,
        rows=tuple(make_row(outline.milestones[key], states, ready, zone=zone) for key in affected),
        skills=tuple((skill, numbers_of([skill])) for skill in skills.values()),
        areas=tuple((area, numbers_of(area.skills)) for area in areas),
    )
