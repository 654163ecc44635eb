"""Pace and forecast: hours a week over the last full weeks, and the window of dates they lead to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from roadmap.domain.enrollments import EnrollmentState
from roadmap.domain.numbers import counts_for_claimed
from roadmap.domain.plans import Plan, PlanSkill, middle_hours
from roadmap.domain.progress import UNTOUCHED, Standing

PACE_WEEKS = 8
FEWEST_WEEKS = 3
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


def pace_weeks(started_on: date, today: date, states: Sequence[tuple[date, EnrollmentState]]) -> list[date]:
    """Mondays of the last full weeks since the start that were not paused, latest first, at most eight.

    `states` are the days on which the enrollment changed its state, in order. A week counts as paused when
    more than half of its days ended paused.
    """
    weeks: list[date] = []
    monday = monday_of(today) - _WEEK
    while monday >= started_on and len(weeks) < PACE_WEEKS:
        if not _is_paused_week(monday, states):
            weeks.append(monday)
        monday -= _WEEK
    return weeks


def _is_paused_week(monday: date, states: Sequence[tuple[date, EnrollmentState]]) -> bool:
    days = (monday + timedelta(days=number) for number in range(7))
    return sum(_state_on(day, states) is not EnrollmentState.ACTIVE for day in days) > 3


def _state_on(day: date, states: Sequence[tuple[date, EnrollmentState]]) -> EnrollmentState:
    return next((state for since, state in reversed(states) if since <= day), EnrollmentState.ACTIVE)


def measure_pace(
    plan: Plan,
    standings: Mapping[str, Standing],
    weeks: Sequence[date],
    *,
    started_on: date,
    weekly_hours: float,
) -> Pace:
    """The pace over these weeks, or the stated weekly hours while there are fewer than three."""
    if len(weeks) < FEWEST_WEEKS:
        return Pace(Fraction(weekly_hours), 0)
    hours = sum(
        (hours for day, hours in hours_done(plan, standings, started_on) if monday_of(day) in weeks),
        Fraction(),
    )
    return Pace(hours / len(weeks), len(weeks))


def hours_done(
    plan: Plan, standings: Mapping[str, Standing], started_on: date
) -> Iterable[tuple[date, Fraction]]:
    """Day and middle hours of each plan milestone done since the start, without what was known before."""
    for key in plan.milestones:
        standing = standings.get(key, UNTOUCHED)
        day = standing.occurred_on
        if counts_for_claimed(standing) and not standing.known and day is not None and day >= started_on:
            yield day, middle_hours(plan.outline.milestones[key])


def remaining_hours(plan: Plan, standings: Mapping[str, Standing]) -> tuple[Fraction, Fraction]:
    """Hours left, low and high; a skill with needs counts the k missing at the mean of its milestones."""
    parts = [_remaining_of(plan, skill, standings) for skill in plan.skills]
    return sum((low for low, _ in parts), Fraction()), sum((high for _, high in parts), Fraction())


def _remaining_of(
    plan: Plan, skill: PlanSkill, standings: Mapping[str, Standing]
) -> tuple[Fraction, Fraction]:
    texts = [plan.outline.milestones[key] for key in skill.required]
    is_open = [not counts_for_claimed(standings.get(key, UNTOUCHED)) for key in skill.required]
    if skill.mean is None:
        low = sum(Fraction(text.hours_low) for text, still in zip(texts, is_open, strict=True) if still)
        high = sum(Fraction(text.hours_high) for text, still in zip(texts, is_open, strict=True) if still)
        return Fraction(low), Fraction(high)
    missing = max(0, skill.needs - (len(texts) - sum(is_open)))
    low = sum(Fraction(text.hours_low) for text in texts)
    high = sum(Fraction(text.hours_high) for text in texts)
    return missing * Fraction(low) / len(texts), missing * Fraction(high) / len(texts)


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
