"""The pages of an enrollment: its list, perhaps filtered, and its settings."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from roadmap.cache.states import states_in
from roadmap.domain.accounts.users import User
from roadmap.domain.characters import plain
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.learning.progress import Status
from roadmap.domain.learning.searches import has_all, words_of
from roadmap.domain.learning.targets import Outlook
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_enrollment, find_own_enrollment
from roadmap.queries.learning.milestone_list import AreaSection, Row, whole_list
from roadmap.queries.learning.snapshots import outlook_with, snapshot_of
from roadmap.queries.roadmaps.pathways import PathwayGroupChoice, Size, pathway_choices, size_of


class ListFilter(StrEnum):
    ALL = "all"
    OPEN = "open"
    READY = "ready"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class RoadmapPage:
    """All that the list shows; `shown` and `total` count its rows with and without the filter.

    `first` is where to begin, as long as nothing was ever marked.
    """

    enrollment: EnrollmentView
    numbers: Numbers
    outlook: Outlook
    areas: tuple[AreaSection, ...]
    shown: int
    total: int
    filter: ListFilter
    words: str
    first: Row | None = None


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
    snapshot = snapshot_of(session, enrollment)
    whole = whole_list(snapshot)
    areas = _matching(whole, _matcher(only, words))
    return RoadmapPage(
        enrollment=enrollment,
        numbers=snapshot.numbers,
        outlook=snapshot.outlook,
        areas=areas,
        shown=sum(len(group.rows) for section in areas for group in section.skills),
        total=len(enrollment.stored.ids),
        filter=only,
        words=words,
        first=None if snapshot.states else _first_ready(whole),
    )


def _first_ready(areas: tuple[AreaSection, ...]) -> Row | None:
    rows = (row for section in areas for group in section.skills for row in group.rows)
    return next((row for row in rows if row.ready), None)


def _matching(
    areas: tuple[AreaSection, ...], matches: Callable[[Row], bool] | None
) -> tuple[AreaSection, ...]:
    """The areas with the rows that match, without the skills and areas that have none."""
    if matches is None:
        return areas
    sections = []
    for section in areas:
        groups = [group._replace(rows=tuple(filter(matches, group.rows))) for group in section.skills]
        if any(group.rows for group in groups):
            sections.append(replace(section, skills=tuple(group for group in groups if group.rows)))
    return tuple(sections)


def _matcher(only: ListFilter, words: str) -> Callable[[Row], bool] | None:
    """What a row must pass; None lets all pass."""
    wanted = words_of(words)
    if only is ListFilter.ALL and not wanted:
        return None

    def matches(row: Row) -> bool:
        milestone = row.milestone
        text = plain("\n".join([milestone.title, *milestone.topics, milestone.summary]))
        return _passes(only, row) and has_all(wanted, text)

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


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The settings with the numbers and the outlook: as they are, or as they would be with other choices."""

    enrollment: EnrollmentView
    groups: tuple[PathwayGroupChoice, ...]
    numbers: Numbers
    preview: Numbers | None
    size: Size
    outlook: Outlook


def find_settings_page(
    session: Session, public_id: str, *, seen_by: User, at: datetime, chosen: Settings | None = None
) -> SettingsPage:
    """The settings of an enrollment; with `chosen` also what would follow from those, even if not valid."""
    enrollment = find_own_enrollment(session, public_id, seen_by=seen_by, at=at)
    states = states_in(session, enrollment)
    plan = enrollment.stored.plan_for((chosen or enrollment.settings).pathways)
    return SettingsPage(
        enrollment=enrollment,
        groups=pathway_choices(enrollment.stored.outline),
        numbers=measure(enrollment.plan, states),
        preview=measure(plan, states) if chosen else None,
        size=size_of(plan),
        outlook=outlook_with(plan, states, chosen, today=enrollment.today)
        if chosen
        else snapshot_of(session, enrollment).outlook,
    )
