"""The forecast: from the stated hours at first, from the measured pace later, hidden on request."""

from datetime import timedelta
from fractions import Fraction

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.forecasts import Forecast
from roadmap.queries.learning.roadmap_pages import find_roadmap_page
from tests.support.learning import TODAY, Learning


def forecast(learning: Learning) -> Forecast | None:
    learning.session.flush()
    return find_roadmap_page(
        learning.session, learning.enrollment.public_id, seen_by=learning.person, at=learning.at
    ).outlook.forecast


def test_at_first_it_follows_the_stated_hours(learning: Learning) -> None:
    found = forecast(learning)
    assert found is not None
    assert (found.pace.hours, found.pace.weeks) == (6, 0)
    assert (found.hours_low, found.hours_high) == (17, 23 + Fraction(16, 3))
    assert found.earliest == TODAY + timedelta(days=20)


def test_after_three_full_weeks_it_follows_the_pace(learning: Learning) -> None:
    learning.mark("second")
    learning.at += timedelta(weeks=3)
    found = forecast(learning)
    assert found is not None
    assert (found.pace.hours, found.pace.weeks) == (1, 3)


def test_what_was_known_before_is_no_pace(learning: Learning) -> None:
    learning.know("second")
    learning.at += timedelta(weeks=3)
    assert forecast(learning) is None


def test_paused_weeks_do_not_count(learning: Learning) -> None:
    learning.mark("second")
    learning.at += timedelta(weeks=1)
    learning.choose(state=EnrollmentState.PAUSED)
    learning.at += timedelta(weeks=4)
    learning.choose(state=EnrollmentState.ACTIVE)
    learning.at += timedelta(weeks=2)
    found = forecast(learning)
    assert found is not None
    assert (found.pace.hours, found.pace.weeks) == (1, 3)


def test_it_is_hidden_on_request_and_while_paused(learning: Learning) -> None:
    learning.choose(shows_forecast=False)
    assert forecast(learning) is None
    learning.choose(shows_forecast=True, state=EnrollmentState.PAUSED)
    assert forecast(learning) is None


def test_with_nothing_left_there_is_none(learning: Learning) -> None:
    learning.know("first", "second", "habit", "red", "see", "look", "join")
    assert forecast(learning) is None
