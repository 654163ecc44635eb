"""The outlook of a report, as of its day."""

from datetime import date, timedelta

from roadmap.domain.learning.enrollments import EnrollmentState, Settings
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Status
from roadmap.domain.learning.targets import Track
from roadmap.domain.reports.builder import make_report
from tests.support.report_records import START, Book

TARGET = date(2026, 3, 16)


def test_an_earlier_day_has_the_outlook_of_that_day() -> None:
    book = Book(pathways=("seer",), target_on=TARGET)
    for key in ("first", "second", "habit", "red", "see", "look", "join"):
        book.mark(key, Status.DONE)
    tracks = []
    for days in range(8):
        outlook = make_report(book.record(), START + timedelta(days=days)).outlook
        assert outlook is not None
        tracks.append(outlook.track)
    assert (tracks[0], tracks[-1]) == (Track.LATE, Track.COMPLETE)


def test_it_says_nothing_of_a_hidden_forecast_or_in_a_pause() -> None:
    book = Book(target_on=TARGET)
    assert book.report().outlook is not None
    for settings in (
        Settings((), 6.0, TARGET, shows_forecast=False),
        Settings((), 6.0, TARGET, EnrollmentState.PAUSED),
    ):
        book.write(EventKind.SETTINGS_SET, settings=settings.as_json())
        assert book.report().outlook is None


def test_without_a_target_it_is_a_forecast_alone() -> None:
    outlook = Book().report().outlook
    assert outlook is not None
    assert (outlook.track, outlook.hours_needed_low) == (None, None)
    assert outlook.earliest is not None
