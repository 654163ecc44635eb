"""The outlook of an enrollment: its forecast from the pace of the last weeks, and its target."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from roadmap.cache.states import States
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState, Settings
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.numbers import SkillTotals, total_skills
from roadmap.domain.learning.targets import Outlook, outlook_at, outlook_of, stated_pace
from roadmap.domain.local_dates import day_in
from roadmap.domain.roadmaps.plans import Plan
from roadmap.queries.learning.enrollment_views import EnrollmentPlan
from roadmap.queries.roadmaps.roadmaps import RoadmapView

StateChanges = Sequence[tuple[date, EnrollmentState]]

_SETTINGS: Any = (
    select(Event.enrollment_id, Event.recorded_on, Event.settings)
    .where(
        Event.enrollment_id.in_(bindparam("enrollment_ids", expanding=True)),
        Event.kind == EventKind.SETTINGS_SET,
    )
    .order_by(Event.enrollment_id, Event.number)
)


def outlook_in(
    enrollment: EnrollmentPlan,
    states: States,
    changes: StateChanges,
    totals: Collection[SkillTotals] | None = None,
) -> Outlook:
    """The forecast and the target of an enrollment put together; `totals` of its skills, where known."""
    return outlook_of(
        enrollment.plan,
        states,
        enrollment.settings,
        changes,
        started_on=enrollment.started_on,
        today=enrollment.today,
        totals=totals,
    )


def outlook_at_start(view: RoadmapView, settings: Settings, *, person: User, at: datetime) -> Outlook:
    """The outlook of somebody who would start a roadmap with these settings."""
    plan = view.plan_with(settings.pathways)
    today = day_in(person.time_zone, at)
    return outlook_with(plan, {}, settings, today=today)


def outlook_with(plan: Plan, states: States, settings: Settings, *, today: date) -> Outlook:
    """The outlook at the hours of settings that are still being chosen, which may not be valid yet."""
    hours = settings.weekly_hours
    pace = stated_pace(hours) if settings.shows_forecast else None
    totals = total_skills(plan, states).values()
    return outlook_at(plan, totals, pace, today=today, target_on=settings.target_on, goal=hours)


def enrollment_states_of(session: Session, enrollment_ids: Collection[int]) -> Mapping[int, StateChanges]:
    """On which days the settings of each were changed, and the state they left, in order; by id."""
    changes: dict[int, list[tuple[date, EnrollmentState]]] = defaultdict(list)
    rows = session.connection().execute(_SETTINGS, {"enrollment_ids": list(enrollment_ids)})
    for enrollment_id, day, settings in rows:
        changes[enrollment_id].append((day, EnrollmentState(settings["state"])))
    return changes
