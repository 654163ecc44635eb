"""The list of an enrollment: its areas, skills and rows with their marks, as its events leave them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from roadmap.domain.learning.numbers import (
    NOTHING,
    Numbers,
    Tally,
    add_up,
    as_numbers,
    count_extra,
    tally_skills,
)
from roadmap.domain.learning.progress import UNTOUCHED, Standing, Status, Verification
from roadmap.domain.learning.readiness import ready_milestones
from roadmap.domain.roadmaps.outlines import AreaOutline, MilestoneOutline, SkillOutline, VerificationMode
from roadmap.queries.learning.enrollments import EnrollmentView
from roadmap.state_cache import Standings


class Row(NamedTuple):
    """One milestone of the list; equal rows look the same, so what was rendered once is kept."""

    milestone: MilestoneOutline
    status: Status
    verification: Verification
    ready: bool
    revisit_on: date | None


class SkillGroup(NamedTuple):
    """A skill with its rows; outside the plan its numbers are empty."""

    skill: SkillOutline
    in_plan: bool
    numbers: Numbers
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class AreaSection:
    """An area with the numbers of its skills."""

    area: AreaOutline
    numbers: Numbers
    skills: tuple[SkillGroup, ...]


@dataclass(frozen=True, slots=True)
class WholeList:
    """The list without filters and the two numbers: all that follows from the events alone."""

    numbers: Numbers
    areas: tuple[AreaSection, ...]


def shown_verification(milestone: MilestoneOutline, standing: Standing) -> Verification:
    """What stands beside a mark: a milestone that needs no review says so."""
    return Verification.SELF if milestone.verification is VerificationMode.SELF else standing.verification


def make_row(milestone: MilestoneOutline, standings: Mapping[str, Standing], ready: Collection[str]) -> Row:
    """One row of the list; `ready` are the keys of all milestones that are."""
    key = milestone.key
    standing = standings.get(key, UNTOUCHED)
    shown = shown_verification(milestone, standing)
    return Row(milestone, standing.status, shown, key in ready, standing.revisit_on)


def whole_list(enrollment: EnrollmentView, standings: Standings) -> WholeList:
    """The list of an enrollment, without filters."""
    return _Builder(enrollment, standings).whole()


class _Builder:
    """Puts the parts of the list together from what was read once."""

    def __init__(self, enrollment: EnrollmentView, standings: Standings) -> None:
        self.outline, self.plan = enrollment.stored.outline, enrollment.plan
        self.standings = standings
        self.ready = frozenset(ready_milestones(self.plan, standings))
        self.tallies: dict[str, Tally] = tally_skills(self.plan, standings)

    def whole(self) -> WholeList:
        extra = count_extra(self.plan, self.standings)
        numbers = add_up(self.plan, self.tallies.values(), extra)
        sections = [self.section(area) for area in self.outline.areas]
        return WholeList(numbers, tuple(section for section in sections if section.skills))

    def section(self, area: AreaOutline) -> AreaSection:
        tallies = [self.tallies[skill.key] for skill in area.skills if skill.key in self.tallies]
        groups = tuple([self.group(skill) for skill in area.skills if skill.milestones])
        return AreaSection(area, add_up(self.plan, tallies), groups)

    def group(self, skill: SkillOutline) -> SkillGroup:
        rows = tuple([make_row(each, self.standings, self.ready) for each in skill.milestones])
        tally = self.tallies.get(skill.key)
        return SkillGroup(skill, tally is not None, as_numbers(self.plan, tally or NOTHING), rows)
