"""Estimated hours as people write them: `6-10 hours/week` for `13 weeks`, `90 min`, `2 h`."""

import re
from collections.abc import Iterable

from roadmap.domain.roadmaps.outline_rules import MAX_HOURS, MIN_HOURS

_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_RANGE = re.compile(rf"{_NUMBER}(?:\s*(?:-|–|—|to|bis|à|a|hasta)\s*{_NUMBER})?\s*([^\d,;]*)", re.IGNORECASE)
_PER_WEEK = re.compile(
    r"(h|hours?|hrs?|stunden?|std\.?|heures?|horas?)\s*(/|per|a|pro|par|por|à la)\s*(w|s)", re.IGNORECASE
)
_UNITS = (
    (re.compile(r"min", re.IGNORECASE), 1 / 60),
    (re.compile(r"(days?|tage?|jours?|d[ií]as?)\b", re.IGNORECASE), 6.0),
    (re.compile(r"(h|std|stunde|heure)", re.IGNORECASE), 1.0),
)
_WEEKS = re.compile(r"(weeks?|wks?|wochen?|semaines?|semanas?)\b", re.IGNORECASE)

Hours = tuple[float, float]


def read_hours(cells: Iterable[str]) -> Hours | None:
    """Return low and high hours in halves from the cells of one row, or None when they do not say.

    Weeks are multiplied with the hours a week, if both are there; a bare number is in hours.
    """
    weeks = per_week = hours = None
    for cell in cells:
        match = _RANGE.search(cell)
        if not match:
            continue
        low, high = _number(match[1]), _number(match[2] or match[1])
        unit = match[3].strip()
        if _PER_WEEK.match(unit):
            per_week = per_week or (low, high)
        elif _WEEKS.match(unit):
            weeks = weeks or (low, high)
        else:
            factor = next((factor for name, factor in _UNITS if name.match(unit)), 1.0 if not unit else 0.0)
            hours = hours or ((low * factor, high * factor) if factor else None)
    if weeks and per_week:
        hours = (weeks[0] * per_week[0], weeks[1] * per_week[1])
    return round_hours(*hours) if hours else None


def round_hours(low: float, high: float) -> Hours:
    """Return a range in halves from 0.5 to 999, low first."""
    low, high = sorted(round(min(MAX_HOURS, max(MIN_HOURS, value)) * 2) / 2 for value in (low, high))
    return low, high


def _number(text: str) -> float:
    return float(text.replace(",", "."))
