"""Pace and forecast: hours a week over the last full weeks, and when the plan may be complete."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.numbers import SkillTotals, counts_for_claimed
from roadmap.domain.learning.progress import MilestoneState
from roadmap.domain.roadmaps.plans import Plan

PACE_WEEKS = 8
MIN_WEEKS = 3
_WEEK = timedelta(weeks=1)
_LAST_DAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Pace:
    """Hours a week, measured over `weeks` full weeks; 0 weeks when it is the learner's stated hours."""

    hours: Fraction
    weeks: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The earliest and latest day on which the plan may be complete at this pace."""

    earliest: date
    latest: date
    hours_low: Fraction
    hours_high: Fraction
    pace: Pace


def monday_of(day: date) -> date:
    """Return the first day of the ISO week."""
    return day - timedelta(days=day.weekday())


def _week_of(day: date) -> int:
    """Return the number of the ISO week, counted from the year 1, whose first day was a Monday."""
    return (day.toordinal() - 1) // 7


def pace_weeks(
    started_on: date, today: date, enrollment_states: Sequence[tuple[date, EnrollmentState]]
) -> list[date]:
    """Return the Mondays of the last full weeks since the start, latest first, at most eight.

    Paused weeks are left out. `enrollment_states` are the days on which the enrollment changed its state, in
    order.
    """
    weeks: list[date] = []
    monday = monday_of(today) - _WEEK
    was_paused = any(state is not EnrollmentState.ACTIVE for _, state in enrollment_states)
    while monday >= started_on and len(weeks) < PACE_WEEKS:
        if not (was_paused and is_paused_week(monday, enrollment_states)):
            weeks.append(monday)
        monday -= _WEEK
    return weeks


def is_paused_week(monday: date, enrollment_states: Sequence[tuple[date, EnrollmentState]]) -> bool:
    """Return whether the enrollment was paused at the end of more than half of the days of this week."""
    days = (monday + timedelta(days=number) for number in range(7))
    return sum(_state_on(day, enrollment_states) is not EnrollmentState.ACTIVE for day in days) > 3


def _state_on(day: date, enrollment_states: Sequence[tuple[date, EnrollmentState]]) -> EnrollmentState:
    return next(
        (state for since, state in reversed(enrollment_states) if since <= day), EnrollmentState.ACTIVE
    )


def measure_pace(
    plan: Plan,
    states: Mapping[str, MilestoneState],
    weeks: Sequence[date],
    *,
    started_on: date,
    weekly_hours: float,
) -> Pace:
    """Return the pace over these weeks, or the stated weekly hours while there are fewer than three."""
    if len(weeks) < MIN_WEEKS:
        return Pace(Fraction(weekly_hours), 0)
    counted = frozenset(_week_of(monday) for monday in weeks)
    done = weights_done(plan, states, started_on)
    weight = sum(weight for day, weight in done if _week_of(day) in counted)
    return Pace(Fraction(weight, plan.parts * len(weeks)), len(weeks))


def weights_done(
    plan: Plan, states: Mapping[str, MilestoneState], started_on: date
) -> list[tuple[date, int]]:
    """Return day and weight of each milestone of the plan done since the start and not known before."""
    weights = plan.weights
    return [
        (day, weights[key])
        for key, state in states.items()
        if (day := state.occurred_on) is not None and day >= started_on
        if counts_for_claimed(state) and not state.known and key in weights
    ]


def remaining_hours(plan: Plan, totals: Collection[SkillTotals]) -> tuple[Fraction, Fraction]:
    """Return the hours left, low and high; where any k suffice, each missing one counts with the mean."""
    low, high = sum([skill.left_low for skill in totals]), sum([skill.left_high for skill in totals])
    return Fraction(low, plan.parts), Fraction(high, plan.parts)


def forecast_from(today: date, pace: Pace, hours: tuple[Fraction, Fraction]) -> Forecast | None:
    """Return the forecast, or None without a pace or with nothing left."""
    low, high = hours
    if pace.hours <= 0 or high <= 0:
        return None
    return Forecast(
        _day_after(today, low / pace.hours), _day_after(today, high / pace.hours), low, high, pace
    )


def _day_after(today: date, weeks: Fraction) -> date:
    days = ceil(7 * weeks)
    return _LAST_DAY if days > (_LAST_DAY - today).days else today + timedelta(days=days)
