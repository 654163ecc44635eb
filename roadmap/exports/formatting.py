"""Days, hours and percentages as text, for pages and files."""

from datetime import date
from fractions import Fraction
from typing import Protocol

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def write_day(day: date, *, year_now: int) -> str:
    """Return `3 March`, and `3 March 2025` in another year."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if day.year == year_now else f"{text} {day.year}"


def _number(value: float) -> str:
    return f"{value:g}"


def hours(low: float, high: float | None = None) -> str:
    """Return `6–10 h`, or `6 h` where both are the same."""
    if high is None or low == high:
        return f"{_number(low)} h"
    return f"{_number(low)}–{_number(high)} h"


def hours_a_week(value: float | Fraction) -> str:
    """Return `1 hour a week` or `7.5 hours a week`, rounded to tenths."""
    number = f"{float(value):.1f}".removesuffix(".0")
    return f"{number} {'hour' if number == '1' else 'hours'} a week"


class HasPercent(Protocol):
    """One of the two numbers, as computed or as in a report."""

    @property
    def percent(self) -> int | None: ...

    @property
    def done_weight(self) -> float | Fraction: ...


def percent(value: int | None, exact: float | Fraction | None = None) -> str:
    """Return `42%`, a dash for None, or `<1%` for what was rounded down to 0 but is `exact`ly more."""
    if value is None:
        return "–"
    return "<1%" if value == 0 and exact else f"{value}%"


def percent_of(measure: HasPercent) -> str:
    """Return one of the two numbers as `percent` writes it."""
    value = measure.percent
    # The exact weight is a fraction, which takes longer to make than all the rest.
    return percent(value, measure.done_weight if value == 0 else None)


def percent_change(points: int | None) -> str:
    """Return `+14%`, `−3%` or `0%`, percentage points between two of the numbers; a dash for None."""
    if points is None:
        return "–"
    return f"{'+' if points > 0 else '−' if points < 0 else ''}{abs(points)}%"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return `1 milestone` or `3 milestones`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
