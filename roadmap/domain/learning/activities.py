"""What a learner did on each day and in each week, for the heat map and the chart of weekly hours."""

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
    """The values of one mark of a milestone that matter for activity."""

    milestone_id: int
    status: Status
    occurred_on: date | None
    known: bool


class Setting(NamedTuple):
    """The weekly goal and the state of an enrollment, valid from a day on."""

    since: date
    weekly_hours: float
    state: EnrollmentState


class ActiveDay(NamedTuple):
    """How many milestones were started and how many finished on a day."""

    begun: int = 0
    finished: int = 0

    @property
    def total(self) -> int:
        return self.begun + self.finished


class Week(NamedTuple):
    """The middle hours of the plan's milestones finished in an ISO week; `goal` is None before the start."""

    monday: date
    hours: Fraction
    finished: int
    goal: float | None
    is_paused: bool


@dataclass(frozen=True)
class Activity:
    """The active days of an enrollment and the history of its settings, from its events."""

    days: Mapping[date, ActiveDay] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()

    @property
    def state_changes(self) -> list[tuple[date, EnrollmentState]]:
        """On which days the settings were changed, and the state they left, in order."""
        return [(setting.since, setting.state) for setting in self.settings]

    def finished_since(self, first: date) -> int:
        return sum(active.finished for day, active in self.days.items() if day >= first)


def active_days(marks: Iterable[Mark]) -> dict[date, ActiveDay]:
    """Return the days on which milestones were started or finished, from all marks in order.

    Only what is still valid counts: an undone mark counts on no day, one whose day was corrected on the
    corrected day. What was known before counts on no day.
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
    for index, occurred in enumerate((begun, finished)):
        for day in occurred:
            if day is not None:
                days[day][index] += 1
    return {day: ActiveDay(*counts) for day, counts in sorted(days.items())}


def days_together(many: Iterable[Mapping[date, ActiveDay]]) -> dict[date, ActiveDay]:
    """Return the active days of several roadmaps added up."""
    sums: dict[date, ActiveDay] = {}
    for days in many:
        for day, active in days.items():
            before = sums.get(day, ActiveDay())
            sums[day] = ActiveDay(before.begun + active.begun, before.finished + active.finished)
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
    """Return the weeks since the start up to the current one, oldest first; at least 12, at most `most`.

    The goal of a week is the one that was set at its end.
    """
    weights: dict[date, list[int]] = defaultdict(list)
    for day, weight in weights_done(plan, states, started_on):
        weights[monday_of(day)].append(weight)
    present, start = monday_of(today), monday_of(started_on)
    count = min(max((present - start).days // 7 + 1, MIN_WEEKS), most)
    mondays = [present - number * _WEEK for number in reversed(range(count))]
    return [_week(monday, weights[monday], plan.parts, settings) for monday in mondays]


def _week(monday: date, weights: Sequence[int], parts: int, settings: Sequence[Setting]) -> Week:
    earlier = [setting for setting in settings if setting.since < monday + _WEEK]
    return Week(
        monday=monday,
        hours=Fraction(sum(weights), parts),
        finished=len(weights),
        goal=earlier[-1].weekly_hours if earlier else None,
        is_paused=is_paused_week(monday, [(setting.since, setting.state) for setting in earlier]),
    )
