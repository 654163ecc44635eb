"""The learner's days."""

from datetime import UTC, date, datetime

import pytest

from roadmap.domain.errors import Invalid
from roadmap.domain.local_dates import check_ahead, check_past, day_in, recorded_day

MIDNIGHT = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("UTC", "2026-03-02T09:59:59", "2026-03-02"),
        ("Pacific/Honolulu", "2026-03-02T09:59:59", "2026-03-01"),
        ("Pacific/Honolulu", "2026-03-02T10:00:00", "2026-03-02"),
        ("Pacific/Auckland", "2026-03-02T10:59:59", "2026-03-02"),
        ("Pacific/Auckland", "2026-03-02T11:00:00", "2026-03-03"),
        ("Pacific/Kiritimati", "2026-03-02T10:00:00", "2026-03-03"),
        # The night of the change to summer time is an hour shorter, that back an hour longer.
        ("Europe/Berlin", "2026-03-28T23:00:00", "2026-03-29"),
        ("Europe/Berlin", "2026-03-29T21:59:59", "2026-03-29"),
        ("Europe/Berlin", "2026-03-29T22:00:00", "2026-03-30"),
        ("Europe/Berlin", "2026-10-24T22:00:00", "2026-10-25"),
        ("Europe/Berlin", "2026-10-25T22:59:59", "2026-10-25"),
        ("Europe/Berlin", "2026-10-25T23:00:00", "2026-10-26"),
    ],
)
def test_the_day_is_that_of_the_learners_zone(zone: str, moment: str, day: str) -> None:
    assert day_in(zone, datetime.fromisoformat(moment).replace(tzinfo=UTC)) == date.fromisoformat(day)


def test_travelling_west_never_takes_an_event_before_the_last_one() -> None:
    assert recorded_day("Pacific/Honolulu", MIDNIGHT, date(2026, 3, 29)) == date(2026, 3, 29)


def test_days_in_the_future_are_refused_for_what_was_done() -> None:
    with pytest.raises(Invalid, match="future"):
        check_past(date(2026, 3, 30), date(2026, 3, 29), field="occurred_on")


def test_days_that_passed_are_refused_for_what_is_planned() -> None:
    with pytest.raises(Invalid, match="passed"):
        check_ahead(date(2026, 3, 28), date(2026, 3, 29), field="target_date")


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31)])
def test_days_long_ago_are_refused(day: date) -> None:
    with pytest.raises(Invalid):
        check_past(day, date(2026, 3, 29), field="occurred_on")
