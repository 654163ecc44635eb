"""Pace and forecast."""

from datetime import date, timedelta
from fractions import Fraction

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.forecasts import Pace, forecast_from, measure_pace, pace_weeks, remaining_hours
from roadmap.domain.learning.numbers import total_skills
from roadmap.domain.learning.progress import MilestoneState, Status
from roadmap.domain.roadmaps.plans import make_plan
from tests.support.outlines import sample

START = date(2026, 1, 7)  # a Wednesday
TODAY = date(2026, 2, 5)  # a Thursday
PLAN = make_plan(sample(), ())


def done(day: date, *, known: bool = False) -> MilestoneState:
    return MilestoneState(status=Status.DONE, occurred_on=day, known=known)


def pace(weeks: list[date], **marks: MilestoneState) -> Pace:
    return measure_pace(PLAN, marks, weeks, started_on=START, weekly_hours=5)


def test_only_full_weeks_since_the_start_count() -> None:
    assert pace_weeks(START, TODAY, []) == [date(2026, 1, 26), date(2026, 1, 19), date(2026, 1, 12)]


def test_at_most_eight_weeks_count() -> None:
    assert len(pace_weeks(START - timedelta(days=365), TODAY, [])) == 8


def test_a_week_paused_on_most_of_its_days_is_left_out() -> None:
    states = [(date(2026, 1, 20), EnrollmentState.PAUSED), (date(2026, 1, 24), EnrollmentState.ACTIVE)]
    assert date(2026, 1, 19) not in pace_weeks(START, TODAY, states)
    shorter = [(date(2026, 1, 20), EnrollmentState.PAUSED), (date(2026, 1, 23), EnrollmentState.ACTIVE)]
    assert date(2026, 1, 19) in pace_weeks(START, TODAY, shorter)


def test_with_fewer_than_three_weeks_the_stated_hours_are_the_pace() -> None:
    assert pace([date(2026, 1, 26)], first=done(date(2026, 1, 27))) == Pace(Fraction(5), 0)


def test_pace_is_the_middle_hours_done_over_the_weeks() -> None:
    weeks = pace_weeks(START, TODAY, [])
    assert pace(weeks, first=done(date(2026, 1, 13)), second=done(date(2026, 2, 1))).hours == Fraction(6, 3)


def test_what_was_known_or_done_before_the_start_or_this_week_adds_no_pace() -> None:
    weeks = pace_weeks(START, TODAY, [])
    marks = {
        "first": done(date(2026, 1, 13), known=True),
        "second": done(date(2025, 12, 30)),
        "habit": done(date(2026, 2, 3)),
    }
    assert pace(weeks, **marks).hours == 0


def test_remaining_hours_count_missing_alternatives_at_their_mean() -> None:
    nothing, blue = (total_skills(PLAN, marks).values() for marks in ({}, {"blue": done(TODAY)}))
    assert remaining_hours(PLAN, nothing) == (2 + 3 + 2 + Fraction(12, 3), 4 + 3 + 4 + Fraction(16, 3))
    assert remaining_hours(PLAN, blue) == (7, 11)


def test_the_forecast_is_a_window_from_low_to_high() -> None:
    forecast = forecast_from(TODAY, Pace(Fraction(7), 3), (Fraction(7), Fraction(8)))
    assert forecast is not None
    assert (forecast.earliest, forecast.latest) == (TODAY + timedelta(days=7), TODAY + timedelta(days=8))


def test_there_is_no_forecast_without_pace_or_with_nothing_left() -> None:
    assert forecast_from(TODAY, Pace(Fraction(0), 8), (Fraction(1), Fraction(2))) is None
    assert forecast_from(TODAY, Pace(Fraction(3), 8), (Fraction(0), Fraction(0))) is None


def test_a_forecast_beyond_the_calendar_ends_with_it() -> None:
    forecast = forecast_from(TODAY, Pace(Fraction(1, 10**9), 8), (Fraction(1), Fraction(2)))
    assert forecast is not None
    assert forecast.latest == date(9999, 12, 31)
