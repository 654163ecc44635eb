"""What a learner did on which day, and in which week: the facts behind heat map and bars of hours."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.forecasts import is_paused_week, monday_of, weights_done
from roadmap.domain.learning.progress import MilestoneState, Status
from roadmap.domain.roadmaps.plans import Plan

_WEEK = timedelta(weeks=1)
MIN_WEEKS = 12


class Mark(NamedTuple):
    """One recorded mark of a milestone, as far as activity is concerned."""

    milestone_id: int
    status: Status
    occurred_on: date | None
    known: bool


class Setting(NamedTuple):
    """Weekly goal and state from a day on."""

    since: date
    weekly_hours: float
    state: EnrollmentState


class ActiveDay(NamedTuple):
    """How many milestones were begun and how many finished on a day."""

    begun: int = 0
    finished: int = 0

    @property
    def total(self) -> int:
        return self.begun + self.finished


class Week(NamedTuple):
    """Middle hours of plan milestones finished in an ISO week; `goal` is None before the start."""

    monday: date
    hours: Fraction
    finished: int
    goal: float | None
    is_paused: bool


@dataclass(frozen=True)
class Activity:
    """What follows from the events of an enrollment: its active days, and how its settings changed."""

    days: Mapping[date, ActiveDay] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()


def active_days(marks: Iterable[Mark]) -> dict[date, ActiveDay]:
    """The days on which what stands now was begun or finished, from all marks in order.

    A mark that was taken back leaves no trace, one whose day was corrected only the later day. What was
    known before counts on no day.
    """
    begun: dict[int, date | None] = {}
    finished: dict[int, date | None] = {}
    for mark in marks:
        if mark.status is Status.IN_PROGRESS:
            begun[mark.milestone_id] = mark.occurred_on
        elif mark.status is not Status.DONE or mark.known:
            begun.pop(mark.milestone_id, None)
        is_finished = mark.status is Status.DONE and not mark.known
        finished[mark.milestone_id] = mark.occurred_on if is_finished else None
    return _by_day(begun.values(), finished.values())


def _by_day(begun: Iterable[date | None], finished: Iterable[date | None]) -> dict[date, ActiveDay]:
    days: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for place, found in enumerate((begun, finished)):
        for day in found:
            if day is not None:
                days[day][place] += 1
    return {day: ActiveDay(*counts) for day, counts in sorted(days.items())}


def days_together(many: Iterable[Mapping[date, ActiveDay]]) -> dict[date, ActiveDay]:
    """The active days of several roadmaps as those of one person."""
    sums: dict[date, ActiveDay] = {}
    for days in many:
        for day, each in days.items():
            before = sums.get(day, ActiveDay())
            sums[day] = ActiveDay(before.begun + each.begun, before.finished + each.finished)
    return dict(sorted(sums.items()))


def weeks_of(
    plan: Plan,
    states: Mapping[str, MilestoneState],
    settings: Sequence[Setting],
    *,
    started_on: date,
    today: date,
    most: int = 26,
) -> list[Week]:
    """The last weeks up to the present one, oldest first: as many as the roadmap has, within 12 and `most`.

    The goal of a week is the one set at its end.
    """
    weights: dict[date, list[int]] = defaultdict(list)
    for day, weight in weights_done(plan, states, started_on):
        weights[monday_of(day)].append(weight)
    present, start = monday_of(today), monday_of(started_on)
    count = min(max((present - start).days // 7 + 1, MIN_WEEKS), most)
    mondays = [present - number * _WEEK for number in reversed(range(count))]
    return [_week(monday, weights[monday], plan.parts, settings) for monday in mondays]


def _week(monday: date, weights: Sequence[int], parts: int, settings: Sequence[Setting]) -> Week:
    ran = [each for each in settings if each.since < monday + _WEEK]
    return Week(
        monday=monday,
        hours=Fraction(sum(weights), parts),
        finished=len(weights),
        goal=ran[-1].weekly_hours if ran else None,
        is_paused=is_paused_week(monday, [(each.since, each.state) for each in ran]),
    )
