"""The chart of hours per week: a bar for each week, and a line for the goal set at that time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple

from roadmap.domain.charts.axes import HEIGHT, WIDTH, Axis, Tick
from roadmap.domain.learning.activities import Week

_ROUND_HOURS = (2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 60, 80, 100)
_GAP = 0.28


class WeekBar(NamedTuple):
    """One week: a slot starting at `left` with a bar starting at `x`; y goes from 0 at the top to 100."""

    week: Week
    left: float
    slot: float
    x: float
    width: float
    y: float
    height: float
    is_current: bool


class GoalLine(NamedTuple):
    """A line over consecutive weeks with the same goal."""

    x1: float
    x2: float
    y: float
    hours: float


@dataclass(frozen=True)
class WeekChart:
    """All weeks, oldest first; `top` is the number of hours at the upper edge."""

    bars: tuple[WeekBar, ...]
    goals: tuple[GoalLine, ...]
    ticks: tuple[Tick, ...]
    top: int

    @property
    def has_pause(self) -> bool:
        return any(bar.week.is_paused for bar in self.bars)


def draw_weeks(weeks: Sequence[Week]) -> WeekChart:
    """Return the chart; the last week is the current one."""
    most = max([float(week.hours) for week in weeks] + [week.goal or 0.0 for week in weeks])
    top = next((hours for hours in _ROUND_HOURS if hours >= most), -(-int(most + 1) // 50) * 50)
    slot = WIDTH / len(weeks)
    axis = Axis(weeks[0].monday, weeks[-1].monday + timedelta(weeks=1))
    return WeekChart(
        bars=tuple(_bar(index, week, slot, top, len(weeks)) for index, week in enumerate(weeks)),
        goals=tuple(_goals(weeks, slot, top)),
        ticks=axis.ticks(),
        top=top,
    )


def _bar(index: int, week: Week, slot: float, top: int, count: int) -> WeekBar:
    height = round(HEIGHT * float(week.hours) / top, 2)
    left = round(index * slot, 2)
    x, width = round(left + slot * _GAP / 2, 2), round(slot * (1 - _GAP), 2)
    return WeekBar(
        week, left, round(slot, 2), x, width, round(HEIGHT - height, 2), height, index + 1 == count
    )


def _goals(weeks: Sequence[Week], slot: float, top: int) -> list[GoalLine]:
    lines = []
    for goal, same in groupby(enumerate(weeks), key=lambda pair: pair[1].goal):
        indexes = [index for index, _ in same]
        if goal is not None:
            y = round(HEIGHT - HEIGHT * goal / top, 2)
            lines.append(GoalLine(round(indexes[0] * slot, 2), round((indexes[-1] + 1) * slot, 2), y, goal))
    return lines
