"""The calendar of what lies ahead."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from roadmap.domain.errors import Invalid
from roadmap.domain.learning.events import EventKind
from roadmap.domain.reports.calendars import make_calendar
from roadmap.exports.report_ics import write_ics
from tests.support.report_records import ODD_TEXTS, START, Book

TARGET, REVISIT = date(2026, 9, 1), date(2026, 3, 9)


def a_book(revisit: date = REVISIT) -> Book:
    book = Book(target_on=TARGET)
    book.write(EventKind.REVISIT_SET, milestone_id=book.ids["first"], revisit_on=revisit)
    return book


def events_of(book: Book) -> list[icalendar.Event]:
    content = write_ics(make_calendar(book.record(), "abc", book.day))
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Auckland", "UTC"])
def test_days_are_the_same_day_everywhere(zone: str) -> None:
    target, revisit = events_of(a_book())
    days = [event["dtstart"] for event in (target, revisit)]
    assert [day.dt for day in days] == [TARGET, REVISIT]
    assert {day.params["VALUE"] for day in days} == {"DATE"}
    assert not isinstance(days[0].dt, datetime)
    # Without a time of day no zone can move it, not even the one farthest from the server.
    assert datetime.combine(days[0].dt, datetime.min.time(), ZoneInfo(zone)).date() == TARGET


def test_programs_are_told_how_often_to_ask() -> None:
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in write_ics(
        make_calendar(a_book().record(), "abc", START)
    )


def test_a_calendar_without_days_has_a_component_and_no_event() -> None:
    content = write_ics(make_calendar(Book().record(), "abc", START))
    (zone,) = icalendar.Calendar.from_ical(content).subcomponents
    assert zone.name == "VTIMEZONE"
    assert b"DTSTART:19700101T000000\r\n" in content
    assert content.count(b"TZOFFSETTO:+0000\r\n") == 1
    assert b"VTIMEZONE" not in write_ics(make_calendar(a_book().record(), "abc", START))


def test_a_moved_day_keeps_its_identifier() -> None:
    before, after = events_of(a_book()), events_of(a_book(REVISIT + timedelta(days=3)))
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert before[1]["dtstart"].dt != after[1]["dtstart"].dt
    assert before[0]["uid"] != before[1]["uid"]


def test_the_same_calendar_is_the_same_bytes_until_a_day_has_passed() -> None:
    book = a_book()
    first = write_ics(make_calendar(book.record(), "abc", book.day))
    book.day += timedelta(days=2)
    assert write_ics(make_calendar(book.record(), "abc", book.day)) == first
    book.day = REVISIT + timedelta(days=1)
    assert len(events_of(book)) == 1


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_titles_start_no_other_event(text: str) -> None:
    calendar = make_calendar(a_book().record(), "abc", START)
    first, second = calendar.days
    odd = type(calendar)(
        "abc", "sample", text, calendar.changed_at, (first, type(second)(second.kind, "x", text, second.day))
    )
    _, event = icalendar.Calendar.from_ical(write_ics(odd)).walk("VEVENT")
    assert "".join(event["summary"].split()) == "".join(f"Revisit: {text}".split())


def test_a_day_that_makes_no_report_makes_no_calendar() -> None:
    with pytest.raises(Invalid):
        make_calendar(a_book().record(), "abc", START - timedelta(days=1))
