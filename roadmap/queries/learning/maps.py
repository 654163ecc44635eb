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
from roadmap.domain.roadmaps.plans import Plan
from roadmap.domain.roadmaps.roadmaps import Edition
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.milestone_list import Row, make_row, whole_list
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


def planned_skills(plan: Plan) -> frozenset[str]:
    """The skills that a map shows at first: those of the plan, or all where the plan is empty."""
    return frozenset(plan.by_skill) or frozenset(plan.outline.skills)


def find_map_page(
    session: Session, public_id: str, *, seen_by: User, at: datetime, is_whole: bool = False
) -> MapPage:
    """The map of one enrollment, in as many statements as its list; `is_whole` with all skills."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    snapshot = snapshot_of(session, enrollment)
    return MapPage(
        enrollment=enrollment,
        numbers=snapshot.numbers,
        outlook=snapshot.outlook,
        map=map_of(snapshot, is_whole=is_whole),
        has_choice=len(planned_skills(enrollment.plan)) < len(enrollment.stored.outline.skills),
        is_whole=is_whole,
    )


def map_of(snapshot: Snapshot, *, is_whole: bool) -> MapWithStates:
    enrollment = snapshot.enrollment
    rows = (row for section in whole_list(snapshot) for group in section.skills for row in group.rows)
    return map_with_states(
        enrollment.stored, rows, planned=planned_skills(enrollment.plan), is_whole=is_whole
    )


def changed_stations(map_view: MapWithStates, keys: Sequence[str]) -> list[str]:
    """The keys of the stations that a change of these milestones may have changed."""
    outline = map_view.stored.outline
    affected = affected_milestones(outline, [key for key in keys if key in outline.milestones])
    return [key for key in affected if key in map_view.layout.stations]


def find_report_map(session: Session, enrollment: EnrollmentView, report: ProgressReport) -> MapWithStates:
    """The map as of the day of a report: its edition, its plan, its states."""
    stored = enrollment.stored
    if report.roadmap.edition != stored.number:
        of_roadmap = (Edition.roadmap_id == stored.roadmap_id, Edition.number == report.roadmap.edition)
        stored = stored_outline(session, session.scalars(select(Edition.id).where(*of_roadmap)).one())
    chosen = [pathway.key for pathway in stored.outline.pathways if pathway.title in report.pathways]
    plan = stored.plan_for(chosen)
    states = {m.key: MilestoneState(m.status, verification=m.verification) for m in report.milestones}
    ready = frozenset(ready_milestones(plan, states))
    rows = [make_row(milestone, states, ready) for milestone in stored.outline.milestones.values()]
    return map_with_states(stored, rows, planned=planned_skills(plan), is_whole=False)


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
