"""Pace and forecast: hours a week over the last full weeks, and the window of dates they lead to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.numbers import counts_for_claimed
from roadmap.domain.learning.progress import MilestoneState
from roadmap.domain.roadmaps.plans import Plan, PlanSkill

PACE_WEEKS = 8
MIN_WEEKS = 3
_WEEK = timedelta(weeks=1)
_LAST_DAY = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Pace:
    """Hours a week; `weeks` is over how many full weeks it was measured, 0 when it is the stated one."""

    hours: Fraction
    weeks: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The window of days in which the plan may be complete at this pace, from the remaining hours."""

    earliest: date
    latest: date
    hours_low: Fraction
    hours_high: Fraction
    pace: Pace


def monday_of(day: date) -> date:
    """The first day of the ISO week."""
    return day - timedelta(days=day.weekday())


def _week_of(day: date) -> int:
    """The number of the ISO week, counted from the year 1, whose first day was a Monday."""
    return (day.toordinal() - 1) // 7


def pace_weeks(
    started_on: date, today: date, enrollment_states: Sequence[tuple[date, EnrollmentState]]
) -> list[date]:
    """Mondays of the last full weeks since the start that were not paused, latest first, at most eight.

    `enrollment_states` are the days on which the enrollment changed its state, in order. A week counts as
    paused when
    more than half of its days ended paused.
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
    """Whether more than half of the days of this week ended paused."""
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
    """The pace over these weeks, or the stated weekly hours while there are fewer than three."""
    if len(weeks) < MIN_WEEKS:
        return Pace(Fraction(weekly_hours), 0)
    counted = frozenset(_week_of(monday) for monday in weeks)
    done = weights_done(plan, states, started_on)
    weight = sum(weight for day, weight in done if _week_of(day) in counted)
    return Pace(Fraction(weight, plan.parts * len(weeks)), len(weeks))


def weights_done(
    plan: Plan, states: Mapping[str, MilestoneState], started_on: date
) -> Iterable[tuple[date, int]]:
    """Day and weight of each plan milestone done since the start, without what was known before."""
    weights = plan.weights
    for key, milestone_state in states.items():
        day = milestone_state.occurred_on
        is_new = counts_for_claimed(milestone_state) and not milestone_state.known
        if is_new and day is not None and day >= started_on and key in weights:
            yield day, weights[key]


def remaining_hours(plan: Plan, states: Mapping[str, MilestoneState]) -> tuple[Fraction, Fraction]:
    """Hours left, low and high; a skill with needs counts the k missing at the mean of its milestones."""
    done = frozenset([key for key, milestone_state in states.items() if counts_for_claimed(milestone_state)])
    parts = [_remaining_of(skill, done) for skill in plan.skills]
    low, high = sum(low for low, _ in parts), sum(high for _, high in parts)
    return Fraction(low, plan.parts), Fraction(high, plan.parts)


def _remaining_of(skill: PlanSkill, done: frozenset[str]) -> tuple[int, int]:
    """What is left of one skill, low and high, in parts of an hour."""
    if done.issuperset(skill.required):
        return 0, 0
    if skill.mean is not None:
        missing = max(0, skill.needs - len(done.intersection(skill.required)))
        count = len(skill.required)
        return missing * (sum(skill.lows) // count), missing * (sum(skill.highs) // count)
    hours = zip(skill.required, skill.lows, skill.highs, strict=True)
    left = [(low, high) for key, low, high in hours if key not in done]
    return sum(low for low, _ in left), sum(high for _, high in left)


def forecast_from(today: date, pace: Pace, hours: tuple[Fraction, Fraction]) -> Forecast | None:
    """The window of days, or None without pace or with nothing left."""
    low, high = hours
    if pace.hours <= 0 or high <= 0:
        return None
    return Forecast(
        _day_after(today, low / pace.hours), _day_after(today, high / pace.hours), low, high, pace
    )


def _day_after(today: date, weeks: Fraction) -> date:
    days = ceil(7 * weeks)
    return _LAST_DAY if days > (_LAST_DAY - today).days else today + timedelta(days=days)
