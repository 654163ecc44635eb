"""The learner's days."""

from datetime import UTC, date, datetime

import pytest

from roadmap.domain.errors import Invalid
from roadmap.domain.local_dates import check_ahead, check_past, day_in, recorded_day

MIDNIGHT = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)


def test_the_day_is_that_of_the_learners_zone() -> None:
    assert day_in("Pacific/Honolulu", MIDNIGHT) == date(2026, 3, 28)
    assert day_in("Pacific/Auckland", MIDNIGHT) == date(2026, 3, 29)


@pytest.mark.parametrize("hour", [0, 1, 12, 21])
def test_a_day_that_loses_an_hour_is_still_one_day(hour: int) -> None:
    assert day_in("Europe/Berlin", MIDNIGHT.replace(hour=hour)) == date(2026, 3, 29)


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
