"""The learner's roadmap as a list: areas, skills and rows with their marks, and the two numbers."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.orm import Session

from roadmap.domain.forecasts import Forecast
from roadmap.domain.numbers import Numbers, Tally, add_up, count_extra, tally_skills
from roadmap.domain.outlines import AreaOutline, MilestoneOutline, SkillOutline, VerificationMode
from roadmap.domain.progress import UNTOUCHED, Standing, Status, Verification
from roadmap.domain.readiness import ready_milestones
from roadmap.domain.users import User
from roadmap.queries.enrollments import EnrollmentView, Standings, find_enrollment, standings_in
from roadmap.queries.forecasts import forecast_for


class ListFilter(StrEnum):
    """Which rows the list shows."""

    ALL = "all"
    OPEN = "open"
    READY = "ready"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SKIPPED = "skipped"


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
class RoadmapPage:
    """All that the list shows; `shown` and `total` count its rows with and without the filter."""

    enrollment: EnrollmentView
    numbers: Numbers
    forecast: Forecast | None
    areas: tuple[AreaSection, ...]
    shown: int
    total: int
    filter: ListFilter
    words: str


def shown_verification(milestone: MilestoneOutline, standing: Standing) -> Verification:
    """What stands beside a mark: a milestone that needs no review says so."""
    return Verification.SELF if milestone.verification is VerificationMode.SELF else standing.verification


def find_roadmap_page(
    session: Session,
    public_id: str,
    *,
    seen_by: User,
    at: datetime,
    only: ListFilter = ListFilter.ALL,
    words: str = "",
) -> RoadmapPage:
    """The list of one enrollment, in a fixed number of statements."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    standings = standings_in(session, enrollment)
    build = _Builder(enrollment, standings, _matcher(only, words))
    areas = tuple(build.section(area) for area in enrollment.stored.outline.areas)
    return RoadmapPage(
        enrollment=enrollment,
        numbers=build.numbers(),
        forecast=forecast_for(session, enrollment, standings),
        areas=tuple(section for section in areas if section.skills),
        shown=sum(len(group.rows) for section in areas for group in section.skills),
        total=len(enrollment.stored.ids),
        filter=only,
        words=words,
    )


def list_areas(enrollment: EnrollmentView, standings: Standings) -> tuple[AreaSection, ...]:
    """The whole list of an enrollment, without filters."""
    build = _Builder(enrollment, standings, lambda _: True)
    return tuple(build.section(area) for area in enrollment.stored.outline.areas)


def make_row(milestone: MilestoneOutline, standings: Standings, ready: Collection[str]) -> Row:
    """One row of the list; `ready` are the keys of all milestones that are."""
    standing = standings.get(milestone.key, UNTOUCHED)
    return Row(
        milestone,
        standing.status,
        shown_verification(milestone, standing),
        milestone.key in ready,
        standing.revisit_on,
    )


def _matcher(only: ListFilter, words: str) -> Callable[[Row], bool]:
    wanted = words.casefold().split()
    if only is ListFilter.ALL and not wanted:
        return lambda _: True

    def matches(row: Row) -> bool:
        text = f"{row.milestone.title} {row.milestone.summary}".casefold()
        return _passes(only, row) and all(word in text for word in wanted)

    return matches


def _passes(only: ListFilter, row: Row) -> bool:
    match only:
        case ListFilter.ALL:
            return True
        case ListFilter.OPEN:
            return row.status in {Status.NOT_STARTED, Status.IN_PROGRESS}
        case ListFilter.READY:
            return row.ready
        case ListFilter.SKIPPED:
            return row.status is Status.SKIPPED
        case ListFilter.SUBMITTED | ListFilter.RETURNED:
            return row.status is Status.DONE and row.verification == only.value


class _Builder:
    """Puts the page's parts together from what was read once."""

    def __init__(
        self, enrollment: EnrollmentView, standings: Standings, matches: Callable[[Row], bool]
    ) -> None:
        self.plan = enrollment.plan
        self.standings = standings
        self.matches = matches
        self.ready = frozenset(ready_milestones(self.plan, standings))
        self.tallies: dict[str, Tally] = tally_skills(self.plan, standings)

    def numbers(self) -> Numbers:
        return add_up(self.plan, self.tallies.values(), count_extra(self.plan, self.standings))

    def section(self, area: AreaOutline) -> AreaSection:
        groups = (self.group(skill) for skill in area.skills)
        tallies = [self.tallies[skill.key] for skill in area.skills if skill.key in self.tallies]
        return AreaSection(area, add_up(self.plan, tallies), tuple(group for group in groups if group.rows))

    def group(self, skill: SkillOutline) -> SkillGroup:
        rows = tuple(row for row in map(self.row, skill.milestones) if self.matches(row))
        tallies = [self.tallies[skill.key]] if skill.key in self.tallies else []
        return SkillGroup(skill, bool(tallies), add_up(self.plan, tallies), rows)

    def row(self, milestone: MilestoneOutline) -> Row:
        return make_row(milestone, self.standings, self.ready)
