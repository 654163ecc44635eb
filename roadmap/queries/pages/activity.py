"""What a learner did when: progress over time, hours per week, a year of days."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from roadmap.cache.states import States, states_in
from roadmap.domain.accounts.users import User
from roadmap.domain.charts.activity_calendar import ActivityCalendar, draw_activity_calendar
from roadmap.domain.charts.progress import ProgressChart, draw_progress
from roadmap.domain.charts.weeks import WeekChart, draw_weeks
from roadmap.domain.learning.activities import Activity, Mark, Setting, Week, active_days, weeks_of
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.forecasts import Forecast
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.reports.reports import SeriesPoint
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.snapshots import outlook_in
from roadmap.queries.reports.reports import record_for, series_in

_FACTS: Any = (
    select(
        Event.enrollment_id,
        Event.kind,
        Event.recorded_on,
        Event.milestone_id,
        Event.status,
        Event.occurred_on,
        Event.known,
        Event.settings,
    )
    .where(
        Event.enrollment_id.in_(bindparam("enrollment_ids", expanding=True)),
        Event.kind.in_([EventKind.PROGRESS_SET, EventKind.SETTINGS_SET]),
    )
    .order_by(Event.enrollment_id, Event.number)
)


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """The charts of one enrollment; the first is empty where nothing has a width yet."""

    enrollment: EnrollmentView
    numbers: Numbers
    forecast: Forecast | None
    progress: ProgressChart | None
    weeks: WeekChart
    calendar: ActivityCalendar


def find_activity_page(session: Session, public_id: str, *, seen_by: User, at: datetime) -> ActivityPage:
    """All that was done on one roadmap, as its learner or a mentor sees it."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    states = states_in(session, enrollment)
    activity = activities_of(session, [enrollment])[enrollment.id]
    forecast = outlook_in(enrollment, states, activity.state_changes).forecast
    return ActivityPage(
        enrollment=enrollment,
        numbers=measure(enrollment.plan, states),
        forecast=forecast,
        progress=progress_chart(series_in(record_for(session, enrollment)), enrollment, forecast),
        weeks=draw_weeks(weeks_in(enrollment, states, activity)),
        calendar=draw_activity_calendar(activity.days, enrollment.day_on_record),
    )


def progress_chart(
    series: Sequence[SeriesPoint], enrollment: EnrollmentView, forecast: Forecast | None
) -> ProgressChart | None:
    """Both numbers up to the learner's day, with the target and this forecast."""
    return draw_progress(series, enrollment.day_on_record, target_on=enrollment.target_on, forecast=forecast)


def weeks_in(enrollment: EnrollmentView, states: States, activity: Activity) -> list[Week]:
    """The last weeks of an enrollment, the present one last."""
    return weeks_of(
        enrollment.plan, states, activity.settings, started_on=enrollment.started_on, today=enrollment.today
    )


def activities_of(session: Session, enrollments: Sequence[EnrollmentView]) -> dict[int, Activity]:
    """The activity of each enrollment by id, in one statement."""
    enrollment_ids = [enrollment.id for enrollment in enrollments]
    marks: dict[int, list[Mark]] = defaultdict(list)
    settings: dict[int, list[Setting]] = defaultdict(list)
    for row in session.connection().execute(_FACTS, {"enrollment_ids": enrollment_ids}):
        if row.settings is None:
            mark = Mark(row.milestone_id, row.status, row.occurred_on, bool(row.known))
            marks[row.enrollment_id].append(mark)
        else:
            settings[row.enrollment_id].append(_setting(row.recorded_on, row.settings))
    return {
        number: Activity(active_days(marks[number]), tuple(settings[number])) for number in enrollment_ids
    }


def _setting(since: date, data: dict[str, Any]) -> Setting:
    chosen = Settings.from_json(data)
    return Setting(since, chosen.weekly_hours, chosen.state)
