"""The learner's days: what day it is in their zone, and which days an event may name."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from roadmap.domain.errors import invalid

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 12, 31)


def day_in(zone: str, at: datetime) -> date:
    """The calendar day of a moment in a zone, across daylight-saving changes."""
    return at.astimezone(ZoneInfo(zone)).date()


def recorded_day(zone: str, at: datetime, before: date | None) -> date:
    """The learner's day of a new event: today in their zone, never before that of the event before it."""
    today = day_in(zone, at)
    return today if before is None else max(today, before)


def check_past(day: date, today: date, *, field: str) -> None:
    """Refuse a day that has not come yet where the learner is, or lies before 1900."""
    if day > today:
        raise invalid(**{field: "This day lies in the future. Choose today or a day before it."})
    if day < EARLIEST:
        raise invalid(**{field: "Choose a day after 1899."})


def check_ahead(day: date, today: date, *, field: str) -> None:
    """Refuse a day that has passed where the learner is, or lies after 2200."""
    if day < today:
        raise invalid(**{field: "This day has passed. Choose today or a day after it."})
    if day > LATEST:
        raise invalid(**{field: "Choose a day before 2201."})
