"""The target of an enrollment put together with its forecast: on track, late or complete."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil

from roadmap.domain.learning.enrollments import MAX_WEEKLY_HOURS, MIN_WEEKLY_HOURS, EnrollmentState, Settings
from roadmap.domain.learning.forecasts import (
    Forecast,
    Pace,
    forecast_from,
    measure_pace,
    pace_weeks,
    remaining_hours,
)
from roadmap.domain.learning.numbers import SkillTotals, total_skills
from roadmap.domain.learning.progress import MilestoneState
from roadmap.domain.local_dates import LATEST
from roadmap.domain.roadmaps.plans import Plan

_HALVES = 2


class Track(StrEnum):
    """How a plan compares with its target at the current pace."""

    ON_TRACK = "on_track"
    LATE = "late"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class HoursNeeded:
    """Estimated hours a week in halves, rounded up, that finish a plan by its target."""

    low: Fraction
    high: Fraction

    @property
    def middle(self) -> Fraction:
        """The midpoint in halves, rounded up: at this pace the plan is on track."""
        return _in_halves((self.low + self.high) / 2)


@dataclass(frozen=True, slots=True)
class Outlook:
    """When a plan may be complete, and whether that is by its target.

    `remaining` are the estimated hours left, low and high. `pace` is None while nothing is expected: paused,
    archived, or with a hidden forecast; then only `COMPLETE` is said. `needed` is None without a target, from
    the target on, and when the plan is complete. The proposals are weekly hours and a target that would put a
    late plan on track.
    """

    target_on: date | None
    days_left: int | None
    remaining: tuple[Fraction, Fraction]
    pace: Pace | None = None
    forecast: Forecast | None = None
    track: Track | None = None
    needed: HoursNeeded | None = None
    proposed_hours: float | None = None
    proposed_target: date | None = None

    @property
    def is_late(self) -> bool:
        return self.track is Track.LATE

    @property
    def is_out_of_reach(self) -> bool:
        """Whether it would take more hours a week than anybody can set."""
        return self.needed is not None and self.needed.low > MAX_WEEKLY_HOURS


def outlook_of(
    plan: Plan,
    states: Mapping[str, MilestoneState],
    settings: Settings,
    changes: Sequence[tuple[date, EnrollmentState]],
    *,
    started_on: date,
    today: date,
    totals: Collection[SkillTotals] | None = None,
) -> Outlook:
    """Return the outlook of an enrollment; `changes` are days and states of its settings, in order.

    `totals` are those of the skills of the plan, where they are known.
    """
    pace = None
    if settings.shows_forecast and settings.state is EnrollmentState.ACTIVE:
        weeks = pace_weeks(started_on, today, changes)
        hours = settings.weekly_hours
        pace = measure_pace(plan, states, weeks, started_on=started_on, weekly_hours=hours)
    if totals is None:
        totals = total_skills(plan, states).values()
    return outlook_at(
        plan, totals, pace, today=today, target_on=settings.target_on, goal=settings.weekly_hours
    )


def outlook_at(
    plan: Plan,
    totals: Collection[SkillTotals],
    pace: Pace | None,
    *,
    today: date,
    target_on: date | None,
    goal: float,
) -> Outlook:
    """Return the outlook at a given pace; `goal` are the weekly hours that the learner set."""
    remaining = remaining_hours(plan, totals)
    days_left = (target_on - today).days if target_on is not None else None
    outlook = Outlook(target_on, days_left, remaining, pace)
    if not remaining[1]:
        return replace(outlook, track=Track.COMPLETE if plan.skills else None)
    if pace is None:
        return outlook
    forecast = forecast_from(today, pace, remaining)
    if days_left is None:
        return replace(outlook, forecast=forecast)
    needed = hours_needed(remaining, days_left)
    track = _track(remaining, pace, days_left)
    if track is Track.ON_TRACK:
        return replace(outlook, forecast=forecast, track=track, needed=needed)
    by_goal = forecast or forecast_from(today, Pace(Fraction(goal), 0), remaining)
    return replace(
        outlook,
        forecast=forecast,
        track=track,
        needed=needed,
        proposed_hours=_proposed_hours(needed, goal),
        proposed_target=by_goal.latest if by_goal and by_goal.latest <= LATEST else None,
    )


def stated_pace(weekly_hours: float | None) -> Pace | None:
    """Return the pace of weekly hours as somebody typed them; None where they cannot be set."""
    if weekly_hours is None or not MIN_WEEKLY_HOURS <= weekly_hours <= MAX_WEEKLY_HOURS:
        return None
    return Pace(Fraction(weekly_hours), 0)


def hours_needed(remaining: tuple[Fraction, Fraction], days_left: int) -> HoursNeeded | None:
    """Return the hours a week that finish the remaining hours in these days; None with no day left."""
    if days_left <= 0:
        return None
    low, high = (_in_halves(hours * 7 / days_left) for hours in remaining)
    return HoursNeeded(low, high)


def _track(remaining: tuple[Fraction, Fraction], pace: Pace, days_left: int) -> Track:
    """Return late where the midpoint of the remaining hours takes longer than the days left."""
    is_enough = pace.hours * max(days_left, 0) >= 7 * sum(remaining) / 2
    return Track.ON_TRACK if is_enough else Track.LATE


def _proposed_hours(needed: HoursNeeded | None, goal: float) -> float | None:
    """Return weekly hours that reach the target, where they are more than the goal and can be set."""
    if needed is None or not goal < needed.middle <= MAX_WEEKLY_HOURS:
        return None
    return float(needed.middle)


def _in_halves(hours: Fraction) -> Fraction:
    return Fraction(ceil(hours * _HALVES), _HALVES)
