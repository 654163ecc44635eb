"""The map of an enrollment: its layout, how its stations stand, both numbers and the forecast."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.domain.forecasts import Forecast
from roadmap.domain.map_layouts import MapLayout
from roadmap.domain.numbers import Numbers
from roadmap.domain.plans import Plan
from roadmap.domain.users import User
from roadmap.outlines import StoredOutline
from roadmap.queries.enrollments import EnrollmentView, find_enrollment
from roadmap.queries.forecasts import forecast_for
from roadmap.queries.lists import Row, find_whole_list
from roadmap.queries.standings import standings_in


@dataclass(frozen=True, slots=True)
class StatedMap:
    """A layout with the row of the list for each of its stations."""

    stored: StoredOutline
    layout: MapLayout
    rows: Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class MapPage:
    """All that the map shows; `is_whole` says whether skills outside the plan are on it."""

    enrollment: EnrollmentView
    numbers: Numbers
    forecast: Forecast | None
    map: StatedMap
    is_whole: bool
    has_more: bool


def planned_skills(plan: Plan) -> frozenset[str]:
    """The skills that a map shows at first: those of the plan, or all where the plan is empty."""
    return frozenset(plan.by_skill) or frozenset(plan.outline.skills)


def find_map_page(
    session: Session, public_id: str, *, seen_by: User, at: datetime, is_whole: bool = False
) -> MapPage:
    """The map of one enrollment, in as many statements as its list."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    standings = standings_in(session, enrollment)
    found = find_whole_list(session, enrollment, standings)
    rows = (row for section in found.areas for group in section.skills for row in group.rows)
    every = frozenset(enrollment.stored.outline.skills)
    shown = every if is_whole else planned_skills(enrollment.plan)
    return MapPage(
        enrollment=enrollment,
        numbers=found.numbers,
        forecast=forecast_for(session, enrollment, standings),
        map=state_map(enrollment.stored, shown, rows),
        is_whole=shown == every,
        has_more=planned_skills(enrollment.plan) != every,
    )


def state_map(stored: StoredOutline, shown: frozenset[str], rows: Iterable[Row]) -> StatedMap:
    """The map of these skills with these rows, some of which it may not show."""
    return StatedMap(stored, stored.map_of(shown), {row.milestone.key: row for row in rows})
