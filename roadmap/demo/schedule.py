"""Puts the entries of the demo in the order of time.

A moment is written “12 Tue”, a day of the twelfth week before this one, or “5 hours ago”, which is exact.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from roadmap.demo.checks import DemoDataError
from roadmap.demo.entries import Entry
from roadmap.demo.people import Person

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WHEN = re.compile(
    rf"(?P<weeks>[1-9]\d*) (?P<day>{'|'.join(DAYS)})|(?P<count>\d+) (?P<unit>minutes|hours) ago"
)
BETWEEN_STEPS = timedelta(minutes=7)


class Calendar:
    """Turns the moments of the data into real ones, for a demo that ends at `end`."""

    def __init__(self, end: datetime) -> None:
        self._end = end
        # Yesterday's week, so that the Sunday before it is over in every time zone.
        yesterday = end.astimezone(UTC).date() - timedelta(days=1)
        self._monday = yesterday - timedelta(days=yesterday.weekday())
        self._steps_on: Counter[tuple[str, date]] = Counter()

    def moment(self, when: str, person: Person) -> datetime:
        """The moment in UTC; what one person does on one day follows each other by some minutes."""
        match = WHEN.fullmatch(when)
        if match is None:
            raise ValueError(f"“{when}” is no moment. Write “12 Tue”, “5 hours ago” or “40 minutes ago”.")
        if match["unit"]:
            return self._end - timedelta(**{match["unit"]: int(match["count"])})
        day = self._monday + timedelta(weeks=-int(match["weeks"]), days=DAYS.index(match["day"]))
        hour = person.hours[day.weekday() >= 5]
        begins = datetime.combine(day, time(), ZoneInfo(person.zone)) + timedelta(hours=hour)
        steps = self._steps_on[person.handle, day]
        self._steps_on[person.handle, day] += 1
        return begins.astimezone(UTC) + steps * BETWEEN_STEPS


def schedule_entries(entries: Sequence[Entry], *, end: datetime) -> list[tuple[datetime, Entry]]:
    """Every entry with its moment, the earliest first; raise DemoDataError when one is not before the end."""
    calendar = Calendar(end)
    schedule = [(_moment(calendar, entry, end), entry) for entry in entries]
    return sorted(schedule, key=lambda timed: timed[0])


def _moment(calendar: Calendar, entry: Entry, end: datetime) -> datetime:
    try:
        moment = calendar.moment(entry.when, entry.by)
    except ValueError as error:
        raise DemoDataError(f"{entry}: {error}") from None
    if moment > end:
        raise DemoDataError(f"{entry}: this is after the end of the history")
    return moment
