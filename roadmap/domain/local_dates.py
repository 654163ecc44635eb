"""Dates in the time zone of a learner, and the dates an event may have."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from roadmap.domain.errors import invalid

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 12, 31)
WESTERNMOST = timezone(timedelta(hours=-12))
"""Where each day comes and ends last."""


def day_in(zone: str, at: datetime) -> date:
    """Return the calendar day of a moment in a time zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def recorded_day(zone: str, at: datetime, before: date | None) -> date:
    """Return the day of a new event: today in the learner's zone, but never before the previous event."""
    today = day_in(zone, at)
    return today if before is None else max(today, before)


def check_past(day: date, today: date, *, field: str) -> None:
    """Raise Invalid for a day after `today` or before 1900."""
    if day > today:
        raise invalid(**{field: "This date is in the future. Choose today or an earlier date."})
    if day < EARLIEST:
        raise invalid(**{field: "Choose a date after 1899."})


def check_ahead(day: date, today: date, *, field: str) -> None:
    """Raise Invalid for a day before `today` or after 2200."""
    if day < today:
        raise invalid(**{field: "This date has passed. Choose today or a later date."})
    if day > LATEST:
        raise invalid(**{field: "Choose a date before 2201."})
