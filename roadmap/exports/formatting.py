"""Days, hours and percentages as text, for pages and files, and text that is safe in spreadsheets."""

import re
from datetime import date
from fractions import Fraction
from typing import Protocol

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

APOSTROPHE = "'"
# Spreadsheets skip spaces, direction marks and control characters before the sign that starts a formula.
_SKIPPED = r"[\s\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
_FORMULA = re.compile(rf"{APOSTROPHE}*(?:{_SKIPPED}{_SIGNS}|[\t\r\n])")


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


def escape_formula(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would read a formula."""
    return APOSTROPHE + text if _FORMULA.match(text) else text


def unescape_formula(cell: str) -> str:
    """Return the text that `escape_formula` was given; apostrophes that somebody typed stay."""
    rest = cell.removeprefix(APOSTROPHE)
    return rest if rest != cell and _FORMULA.match(rest) else cell
