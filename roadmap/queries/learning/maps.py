"""The map of an enrollment: its layout, the states of its stations, and both numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import StoredOutline, stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.numbers import Numbers
from roadmap.domain.learning.progress import MilestoneState
from roadmap.domain.learning.readiness import affected_milestones, ready_milestones
from roadmap.domain.learning.targets import Outlook
from roadmap.domain.maps.layout import MapLayout
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import ReportMilestone
from roadmap.domain.roadmaps.plans import Plan
from roadmap.domain.roadmaps.roadmaps import Edition
from roadmap.queries.learning.enrollment_views import EnrollmentPlan, EnrollmentView
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.milestone_list import MilestoneList, Row, make_row, whole_list
from roadmap.queries.learning.snapshots import Snapshot, snapshot_of


@dataclass(frozen=True, slots=True)
class MapWithStates:
    """The layout of some skills with the row of the list for each of its stations.

    `outside` are those of the skills that are not in the plan.
    """

    stored: StoredOutline
    skills: frozenset[str]
    layout: MapLayout
    rows: Mapping[str, Row]
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MapPage:
    """All that the map shows; `has_choice` where the plan is not all of it, `is_whole` where all is shown."""

    enrollment: EnrollmentView
    numbers: Numbers
    outlook: Outlook
    map: MapWithStates
    has_choice: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class ChangedStations:
    """What a change may have changed on the map: the stations of `keys`, the frontier, numbers, outlook."""

    enrollment: EnrollmentPlan
    numbers: Numbers
    outlook: Outlook
    map: MapWithStates
    keys: tuple[str, ...]


def planned_skills(plan: Plan) -> frozenset[str]:
    """The skills that a map shows at first: those of the plan, or all where the plan is empty."""
    return frozenset(plan.by_skill) or frozenset(plan.outline.skills)


def find_map_page(
    session: Session, public_id: str, *, seen_by: User, at: datetime, is_whole: bool = False
) -> MapPage:
    """The map of one enrollment, in as many statements as its list; `is_whole` with all skills."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    snapshot = snapshot_of(session, enrollment)
    found = whole_list(snapshot)
    return MapPage(
        enrollment=enrollment,
        numbers=found.numbers,
        outlook=snapshot.outlook,
        map=_stated(enrollment, found, is_whole),
        has_choice=len(planned_skills(enrollment.plan)) < len(enrollment.stored.outline.skills),
        is_whole=is_whole,
    )


def changed_stations(snapshot: Snapshot, keys: Sequence[str], *, is_whole: bool) -> ChangedStations:
    """The same map after a change of these milestones; those that it does not show are left out."""
    found = whole_list(snapshot)
    stated = _stated(snapshot.enrollment, found, is_whole)
    outline = snapshot.enrollment.stored.outline
    affected = affected_milestones(outline, [key for key in keys if key in outline.milestones])
    return ChangedStations(
        enrollment=snapshot.enrollment,
        numbers=found.numbers,
        outlook=snapshot.outlook,
        map=stated,
        keys=tuple(key for key in affected if key in stated.layout.stations),
    )


def find_report_map(session: Session, enrollment: EnrollmentView, report: ProgressReport) -> MapWithStates:
    """The map as of the day of a report: its edition, its plan, its states."""
    stored = enrollment.stored
    if report.roadmap.edition != stored.number:
        of_roadmap = (Edition.roadmap_id == stored.roadmap_id, Edition.number == report.roadmap.edition)
        stored = stored_outline(session, session.scalars(select(Edition.id).where(*of_roadmap)).one())
    chosen = [pathway.key for pathway in stored.outline.pathways if pathway.title in report.pathways]
    plan, states = (
        stored.plan_for(chosen),
        {milestone.key: _state(milestone) for milestone in report.milestones},
    )
    ready = frozenset(ready_milestones(plan, states))
    rows = [make_row(milestone, states, ready) for milestone in stored.outline.milestones.values()]
    return map_with_states(stored, rows, planned=planned_skills(plan), is_whole=False)


def _state(milestone: ReportMilestone) -> MilestoneState:
    return MilestoneState(status=milestone.status, verification=milestone.verification)


def untouched_map(stored: StoredOutline) -> MapWithStates:
    """The map of a whole roadmap before anybody has begun it."""
    rows = [make_row(milestone, {}, ()) for milestone in stored.outline.milestones.values()]
    return map_with_states(stored, rows, planned=frozenset(stored.outline.skills), is_whole=True)


def map_with_states(
    stored: StoredOutline, rows: Iterable[Row], *, planned: frozenset[str], is_whole: bool
) -> MapWithStates:
    """The map of the planned skills, or of all skills; rows of other skills are not shown."""
    skills = frozenset(stored.outline.skills) if is_whole else planned
    return MapWithStates(
        stored=stored,
        skills=skills,
        layout=stored.map_of(skills),
        rows={row.milestone.key: row for row in rows},
        outside=skills - planned,
    )


def _stated(enrollment: EnrollmentPlan, found: MilestoneList, is_whole: bool) -> MapWithStates:
    rows = (row for section in found.areas for group in section.skills for row in group.rows)
    return map_with_states(
        enrollment.stored, rows, planned=planned_skills(enrollment.plan), is_whole=is_whole
    )
