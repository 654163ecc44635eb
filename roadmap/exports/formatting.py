"""Days, hours and percentages as text, for pages and for files."""

from datetime import date
from fractions import Fraction

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


def percent(value: int | None) -> str:
    """Return `42 %`, or a dash for None."""
    return "–" if value is None else f"{value} %"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return `1 milestone` or `3 milestones`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
