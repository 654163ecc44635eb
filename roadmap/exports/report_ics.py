"""The calendar feed of a roadmap: the target and the days to revisit, as whole days."""

import re
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

import icalendar

from roadmap.domain.reports.calendars import Calendar, CalendarDay, DayKind

NAMESPACE = UUID("6c1d51f4-7c3f-5b7e-9a52-3f7d0a2b9c18")
"""Events keep their identifiers as long as this stays."""

WORDS = {DayKind.TARGET: "Target", DayKind.REVISIT: "Revisit"}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_DAY = timedelta(days=1)
REFRESH = timedelta(hours=6)
"""How often a calendar program may ask again; most ask by their own clock."""


def write_ics(calendar: Calendar) -> bytes:
    """Return RFC 5545; the bytes change only when something was recorded or a day has passed."""
    written = icalendar.Calendar()
    written.add("prodid", "-//Roadmap//Calendar//EN")
    written.add("version", "2.0")
    written.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for name in ("name", "x-wr-calname"):
        written.add(name, _one_line(calendar.title))
    for day in calendar.days:
        written.add_component(_event(calendar, day))
    if not calendar.days:
        written.add_component(_utc())
    content: bytes = written.to_ical()
    return content


def _utc() -> icalendar.Timezone:
    """Return a time zone nothing refers to: RFC 5545 asks for a component, and programs show none of it."""
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime.combine(date(1970, 1, 1), time()))
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone


def _event(calendar: Calendar, day: CalendarDay) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", str(uuid5(NAMESPACE, f"{calendar.public_id}/{day.kind}/{day.key}")))
    event.add("dtstamp", calendar.changed_at)
    # A date without a time of day is that date in every zone.
    event.add("dtstart", day.day)
    event.add("dtend", day.day + _DAY)
    event.add("summary", _one_line(f"{WORDS[day.kind]}: {day.title}"))
    event.add("categories", [WORDS[day.kind]])
    event.add("transp", "TRANSPARENT")
    return event


def _one_line(text: str) -> icalendar.vText:
    # Names of calendars are not escaped unless they are said to be text; control characters are not allowed.
    return icalendar.vText(" ".join(_CONTROLS.sub(" ", text).split()))
