"""The target put together with the forecast."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.learning.enrollments import EnrollmentState, Settings
from roadmap.domain.learning.forecasts import Pace, forecast_from, pace_weeks
from roadmap.domain.learning.numbers import total_skills
from roadmap.domain.learning.progress import MilestoneState, Status
from roadmap.domain.learning.targets import Outlook, Track, hours_needed, outlook_at, outlook_of, stated_pace
from roadmap.domain.roadmaps.plans import make_plan
from tests.support.outlines import milestone, outline, sample, skill

TODAY = date(2026, 11, 30)
PLAN = make_plan(sample(), ())  # 11 to 16 1/3 hours
NONE_DONE = total_skills(PLAN, {}).values()
DAYS = st.integers(1, 4_000)
HOURS = st.fractions(Fraction(1, 12), 2_000, max_denominator=12)


def outlook(days: int | None, hours: float | None = 6, *, goal: float = 6) -> Outlook:
    target_on = None if days is None else TODAY + timedelta(days=days)
    return outlook_at(PLAN, NONE_DONE, stated_pace(hours), today=TODAY, target_on=target_on, goal=goal)


def all_done() -> dict[str, MilestoneState]:
    return {key: MilestoneState(status=Status.DONE, occurred_on=TODAY) for key in PLAN.milestones}


@given(low=HOURS, more=HOURS, days=DAYS, later=DAYS)
def test_the_hours_needed_suffice_are_halves_and_fall_with_a_later_target(
    low: Fraction, more: Fraction, days: int, later: int
) -> None:
    needed = hours_needed((low, low + more), days)
    relaxed = hours_needed((low, low + more), days + later)
    assert needed is not None
    assert relaxed is not None
    assert needed.low * days >= 7 * low > (needed.low - Fraction(1, 2)) * days
    assert needed.high * days >= 7 * (low + more)
    assert {(2 * value).denominator for value in (needed.low, needed.high, needed.middle)} == {1}
    assert (relaxed.low, relaxed.high) <= (needed.low, needed.high)


@given(days=DAYS, goal=st.integers(1, 200))
def test_what_is_proposed_puts_a_late_plan_on_track(days: int, goal: int) -> None:
    late = outlook(days, goal / 2, goal=goal / 2)
    if late.proposed_hours is not None:
        assert late.is_late
        assert outlook(days, late.proposed_hours).track is Track.ON_TRACK
    if late.proposed_target is not None:
        moved = (late.proposed_target - TODAY).days
        assert outlook(moved, goal / 2).track is Track.ON_TRACK


@given(days=DAYS, later=DAYS, hours=st.integers(1, 200), more=st.integers(0, 100))
def test_a_later_target_or_a_higher_pace_never_makes_it_late(
    days: int, later: int, hours: int, more: int
) -> None:
    if outlook(days, hours / 2).track is Track.ON_TRACK:
        assert outlook(days + later, hours / 2).track is Track.ON_TRACK
        assert outlook(days, min((hours + more) / 2, 100)).track is Track.ON_TRACK


@given(days=DAYS, hours=st.integers(1, 200))
def test_a_whole_forecast_on_one_side_of_the_target_decides(days: int, hours: int) -> None:
    found = outlook(days, hours / 2)
    assert found.forecast is not None
    assert found.target_on is not None
    if found.forecast.latest <= found.target_on:
        assert found.track is Track.ON_TRACK
    if found.forecast.earliest > found.target_on:
        assert found.track is Track.LATE


def test_the_midpoint_of_the_hours_left_decides_between() -> None:
    assert [outlook(7, hours).track for hours in (13.5, 14)] == [Track.LATE, Track.ON_TRACK]
    needed = outlook(7).needed
    assert needed is not None
    assert (needed.low, needed.high, needed.middle) == (11, 16.5, 14)


def test_without_a_target_there_is_only_a_forecast() -> None:
    found = outlook(None)
    assert (found.track, found.needed, found.proposed_hours, found.proposed_target) == (None,) * 4
    assert found.forecast is not None


def test_a_target_that_is_today_or_has_passed_is_late_and_can_only_be_moved() -> None:
    for days in (0, -1, -400):
        found = outlook(days)
        assert (found.track, found.needed, found.proposed_hours) == (Track.LATE, None, None)
        assert found.proposed_target == (found.forecast and found.forecast.latest)


def test_no_more_hours_are_proposed_than_can_be_set() -> None:
    found = outlook(1)
    assert (found.track, found.is_out_of_reach, found.proposed_hours) == (Track.LATE, False, 96)
    assert outlook(1, goal=96).proposed_hours is None
    much = make_plan(outline(skill("much", milestone("huge", (800, 999)))), ())
    totals, in_a_week = total_skills(much, {}).values(), TODAY + timedelta(days=7)
    out = outlook_at(much, totals, stated_pace(6), today=TODAY, target_on=in_a_week, goal=6)
    assert (out.track, out.is_out_of_reach, out.proposed_hours) == (Track.LATE, True, None)


def test_at_pace_0_it_is_late_and_the_target_moves_by_the_hours_that_were_set() -> None:
    found = outlook_at(
        PLAN, NONE_DONE, Pace(Fraction(0), 8), today=TODAY, target_on=TODAY + timedelta(days=70), goal=6
    )
    stated = forecast_from(TODAY, Pace(Fraction(6), 0), found.remaining)
    assert (found.track, found.forecast) == (Track.LATE, None)
    assert found.proposed_target == (stated and stated.latest)


def test_hours_that_cannot_be_set_give_no_outlook_but_keep_the_target() -> None:
    for hours in (None, 0, -2, float("nan"), float("inf"), 101):
        found = outlook(70, hours)
        assert (found.track, found.forecast, found.days_left) == (None, None, 70)


def test_a_finished_plan_is_complete_with_and_without_a_target() -> None:
    totals = total_skills(PLAN, all_done()).values()
    for target_on in (None, TODAY - timedelta(days=9), TODAY + timedelta(days=9)):
        found = outlook_at(PLAN, totals, stated_pace(6), today=TODAY, target_on=target_on, goal=6)
        assert (found.track, found.needed, found.forecast) == (Track.COMPLETE, None, None)


def test_a_plan_that_counts_nothing_is_not_complete() -> None:
    empty = make_plan(outline(skill("only", milestone("extra", optional=True))), ())
    assert outlook_at(empty, (), stated_pace(6), today=TODAY, target_on=TODAY, goal=6).track is None


def of(settings: Settings, states: dict[str, MilestoneState] | None = None) -> Outlook:
    return outlook_of(PLAN, states or {}, settings, [], started_on=TODAY, today=TODAY)


def test_paused_archived_or_with_a_hidden_forecast_nothing_is_judged() -> None:
    target_on = TODAY + timedelta(days=7)
    judged = Settings((), 6.0, target_on)
    assert of(judged).track is Track.LATE
    for settings in (
        replace(judged, state=EnrollmentState.PAUSED),
        replace(judged, state=EnrollmentState.ARCHIVED),
        Settings((), 6.0, target_on, shows_forecast=False),
    ):
        found = of(settings)
        assert (found.track, found.forecast, found.needed) == (None, None, None)
        assert (found.target_on, found.days_left) == (target_on, 7)
        assert of(settings, all_done()).track is Track.COMPLETE


def test_weeks_and_days_left_run_over_new_year() -> None:
    monday = date(2027, 1, 4)
    assert pace_weeks(date(2026, 12, 14), monday, []) == [
        date(2026, 12, 28),
        date(2026, 12, 21),
        date(2026, 12, 14),
    ]
    needed = hours_needed((Fraction(7), Fraction(14)), (date(2027, 1, 13) - date(2026, 12, 30)).days)
    assert needed is not None
    assert (needed.low, needed.high) == (3.5, 7)
