"""The heat map of a year: a column for each ISO week from Monday down, with larger dots for more activity."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from roadmap.domain.charts.axes import MONTHS
from roadmap.domain.learning.activities import ActiveDay
from roadmap.domain.learning.forecasts import monday_of

WEEKS = 53
_HALVES = (range(26), range(26, WEEKS))
LEVELS = (1, 2, 3, 5)
"""The smallest count of each of the four dot sizes: one, two, three or four, five or more."""


class CalendarCell(NamedTuple):
    """A day with activity; `level` is the size of its dot, from 1 to 4."""

    day: date
    column: int
    row: int
    level: int
    active: ActiveDay


class CalendarMonth(NamedTuple):
    """The column of the first day of a month."""

    column: int
    day: date

    @property
    def label(self) -> str:
        """The name of the month, or the year for January."""
        return MONTHS[self.day.month - 1] if self.day.month > 1 else str(self.day.year)


@dataclass(frozen=True)
class CalendarHalf:
    """Half of the year, so that a phone shows two rows; `last_rows` counts the days of its last week."""

    first: date
    last: date
    columns: int
    last_rows: int
    cells: tuple[CalendarCell, ...]
    months: tuple[CalendarMonth, ...]

    @property
    def finished(self) -> int:
        return sum(cell.active.finished for cell in self.cells)

    @property
    def begun(self) -> int:
        return sum(cell.active.begun for cell in self.cells)


@dataclass(frozen=True)
class ActivityCalendar:
    """The year up to today; `days` are the days with activity, the latest first."""

    halves: tuple[CalendarHalf, ...]
    days: tuple[CalendarCell, ...]

    @property
    def finished(self) -> int:
        return sum(half.finished for half in self.halves)


def draw_activity_calendar(days: Mapping[date, ActiveDay], today: date) -> ActivityCalendar:
    """Return the calendar of the 52 weeks before this one, and this one up to today."""
    first = monday_of(today) - timedelta(weeks=WEEKS - 1)
    halves = tuple(_half(days, first, weeks, today) for weeks in _HALVES)
    cells = [cell for half in halves for cell in half.cells]
    return ActivityCalendar(halves, tuple(reversed(cells)))


def _half(days: Mapping[date, ActiveDay], start: date, weeks: range, today: date) -> CalendarHalf:
    first = start + timedelta(weeks=weeks.start)
    last = min(start + timedelta(weeks=weeks.stop, days=-1), today)
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return CalendarHalf(
        first=first,
        last=last,
        columns=len(weeks),
        last_rows=last.weekday() + 1,
        cells=tuple(_cell(day, first, days[day]) for day in span if day in days),
        months=tuple(CalendarMonth((day - first).days // 7, day) for day in span if day.day == 1),
    )


def _cell(day: date, first: date, active: ActiveDay) -> CalendarCell:
    column, row = divmod((day - first).days, 7)
    return CalendarCell(day, column, row, bisect(LEVELS, active.total), active)
