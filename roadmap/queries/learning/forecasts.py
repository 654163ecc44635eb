"""The forecast of an enrollment: its pace over the last weeks and the window that follows from it."""

from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from roadmap.cache.states import States
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.forecasts import (
    Forecast,
    forecast_from,
    measure_pace,
    pace_weeks,
    remaining_hours,
)
from roadmap.queries.learning.enrollment_views import EnrollmentView

_SETTINGS: Any = (
    select(Event.recorded_on, Event.settings)
    .where(Event.enrollment_id == bindparam("enrollment_id"), Event.kind == EventKind.SETTINGS_SET)
    .order_by(Event.number)
)


def forecast_for(session: Session, enrollment: EnrollmentView, states: States) -> Forecast | None:
    """The forecast, or None where it is hidden, paused, archived, without pace, or nothing is left."""
    if not enrollment.settings.shows_forecast or enrollment.state is not EnrollmentState.ACTIVE:
        return None
    weeks = pace_weeks(enrollment.started_on, enrollment.today, enrollment_states_of(session, enrollment))
    pace = measure_pace(
        enrollment.plan,
        states,
        weeks,
        started_on=enrollment.started_on,
        weekly_hours=enrollment.weekly_hours,
    )
    return forecast_from(enrollment.today, pace, remaining_hours(enrollment.plan, states))


def enrollment_states_of(session: Session, enrollment: EnrollmentView) -> list[tuple[date, EnrollmentState]]:
    """On which days the settings were changed, and the state they left, in order."""
    rows = session.connection().execute(_SETTINGS, {"enrollment_id": enrollment.id})
    return [(day, EnrollmentState(settings["state"])) for day, settings in rows]
