"""Shared by all charts: a time axis from 0 to 1000 with its tick labels, and step lines."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

WIDTH, HEIGHT = 1000, 100
MAX_TICKS = 8
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHORT = timedelta(days=70)
_MONTH_STRIDES = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)

Point = tuple[float, float]


class TickUnit(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Tick(NamedTuple):
    """A labeled day on the axis."""

    x: float
    day: date
    unit: TickUnit

    @property
    def label(self) -> str:
        """A short label such as `9 Mar`, `Mar` or `2026`."""
        month = MONTHS[self.day.month - 1]
        labels = {TickUnit.DAY: f"{self.day.day} {month}", TickUnit.MONTH: month}
        return labels.get(self.unit, str(self.day.year))


class Axis(NamedTuple):
    """The first and the last day of a chart."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Return the position of a day, from 0 to 1000, or more for days after the last one."""
        return round(WIDTH * (day - self.first).days / (self.last - self.first).days, 2)

    def ticks(self) -> tuple[Tick, ...]:
        """Return at most eight ticks: Mondays on a short axis, first days of months on a longer one."""
        days = self._mondays() if self.last - self.first <= _SHORT else self._months()
        return tuple(Tick(self.x(day), day, unit) for day, unit in days)

    def _mondays(self) -> list[tuple[date, TickUnit]]:
        length = (self.last - self.first).days
        days = [self.first + timedelta(days=number) for number in range(1, length)]
        mondays = [day for day in days if day.weekday() == 0]
        stride = -(-len(mondays) // MAX_TICKS) or 1
        return [(day, TickUnit.DAY) for day in mondays[::stride]]

    def _months(self) -> list[tuple[date, TickUnit]]:
        first, last = _month_of(self.first) + 1, _month_of(self.last)
        stride = next(months for months in _MONTH_STRIDES if (last - first) // months < MAX_TICKS)
        months = [number for number in range(first, last + 1) if number % stride == 0]
        days = [date(number // 12, number % 12 + 1, 1) for number in months]
        return [(day, TickUnit.YEAR if day.month == 1 else TickUnit.MONTH) for day in days if day < self.last]


def _month_of(day: date) -> int:
    return 12 * day.year + day.month - 1


def step_line(corners: list[Point], end: float) -> Iterator[Point]:
    """Yield the corners of a line that keeps each value until the next point, and the last until `end`.

    A point where the value stays the same is no corner.
    """
    yield from corners[:1]
    for (_, before), (x, y) in pairwise(corners):
        if y != before:
            yield from ((x, before), (x, y))
    if corners:
        yield (end, corners[-1][1])


def svg_points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
