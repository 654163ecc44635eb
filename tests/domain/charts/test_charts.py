"""Where the parts of charts lie."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.charts.activity_calendar import draw_activity_calendar
from roadmap.domain.charts.axes import MAX_TICKS, Axis, Tick, TickUnit
from roadmap.domain.charts.progress import ProgressChart, draw_progress
from roadmap.domain.charts.weeks import draw_weeks
from roadmap.domain.learning.activities import ActiveDay, Week
from roadmap.domain.learning.forecasts import Forecast, Pace
from roadmap.domain.reports.reports import SeriesPoint

MONDAY = date(2026, 3, 2)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
PACE = Pace(Fraction(6), 0)
DAYS = st.dates(date(1990, 1, 1), date(2190, 1, 1))


def point(day: int, claimed: int | None, verified: int | None = 0) -> SeriesPoint:
    return SeriesPoint(
        day=MONDAY + day * DAY,
        claimed=claimed,
        verified=verified,
        claimed_exact=claimed,
        verified_exact=verified,
    )


def drawn(*points: SeriesPoint, until: int = 10, **ahead: object) -> ProgressChart:
    chart = draw_progress(points, MONDAY + until * DAY, **ahead)
    assert chart is not None
    return chart


def test_a_number_holds_until_the_next_day_on_record() -> None:
    assert drawn(point(0, 0), point(5, 40)).claimed_points == "0,100 500,100 500,60 1000,60"


def test_an_empty_plan_lies_at_the_bottom() -> None:
    assert {y for _, y in drawn(point(0, None, None)).verified} == {100.0}


def test_the_first_day_alone_has_no_width() -> None:
    assert draw_progress([point(0, 10)], MONDAY) is None


def test_the_target_lies_on_its_day() -> None:
    chart = drawn(point(0, 0), target_on=MONDAY + 40 * DAY)
    assert (chart.now_x, chart.target_x, chart.last) == (250.0, 1000.0, MONDAY + 40 * DAY)


def test_a_target_of_the_next_century_does_not_squeeze_the_record() -> None:
    chart = drawn(point(0, 0), until=500, target_on=date(2190, 1, 1))
    assert (chart.target_x, chart.last) == (None, MONDAY + 3 * 500 * DAY)


def test_a_target_that_has_passed_does_not_shorten_the_chart() -> None:
    chart = drawn(point(0, 0), target_on=MONDAY + 5 * DAY)
    assert (chart.target_x, chart.now_x) == (500.0, 1000.0)


def test_the_forecast_leads_from_the_claimed_number_to_its_window() -> None:
    window = Forecast(MONDAY + 20 * DAY, MONDAY + 40 * DAY, Fraction(9), Fraction(20), PACE)
    chart = drawn(point(0, 30), forecast=window)
    assert chart.wedge == ((250.0, 70.0), (500.0, 0.0), (1000.0, 0.0))


def test_a_forecast_beyond_every_calendar_still_has_points_near_by() -> None:
    window = Forecast(date(9999, 12, 31), date(9999, 12, 31), Fraction(9), Fraction(20), PACE)
    assert max(x for x, _ in drawn(point(0, 30), forecast=window).wedge) == 4000.0


@given(DAYS, st.integers(1, 80_000))
def test_an_axis_has_few_labels_and_all_of_them_inside(first: date, days: int) -> None:
    axis = Axis(first, first + days * DAY)
    ticks = axis.ticks()
    assert len(ticks) <= MAX_TICKS
    assert all(0 <= each.x <= 1000 for each in ticks)


def test_labels_are_short() -> None:
    day = date(2026, 3, 9)
    assert [Tick(0, day, unit).label for unit in TickUnit] == ["9 Mar", "Mar", "2026"]


def a_week(number: int, hours: float, goal: float | None = 6.0) -> Week:
    return Week(MONDAY + number * WEEK, Fraction(hours), 1, goal, is_paused=False)


def test_bars_share_the_width_and_rise_to_a_round_number_of_hours() -> None:
    chart = draw_weeks([a_week(0, 5), a_week(1, 10)])
    assert (chart.top, [(bar.left, bar.height) for bar in chart.bars]) == (10, [(0, 50), (500, 100)])
    assert [bar.is_current for bar in chart.bars] == [False, True]


def test_the_goal_is_one_line_for_each_stretch_and_none_before_the_start() -> None:
    chart = draw_weeks([a_week(0, 0, None), a_week(1, 0), a_week(2, 0), a_week(3, 0, 10)])
    assert [(line.x1, line.x2, line.y) for line in chart.goals] == [(250, 750, 40), (750, 1000, 0)]


@given(st.floats(0, 5_000))
def test_no_bar_leaves_the_chart(hours: float) -> None:
    assert draw_weeks([a_week(0, hours)]).bars[0].height <= 100


@given(DAYS)
def test_a_year_ends_today_and_begins_on_a_monday(today: date) -> None:
    first, second = draw_activity_calendar({}, today).halves
    assert (first.first.weekday(), first.last + DAY, second.last) == (0, second.first, today)
    assert second.last_rows == today.weekday() + 1


@given(DAYS, st.integers(0, 400))
def test_a_day_lies_in_the_column_of_its_week_and_the_row_of_its_weekday(today: date, ago: int) -> None:
    day = today - ago * DAY
    calendar = draw_activity_calendar({day: ActiveDay(0, 2)}, today)
    assert len(calendar.days) == (day >= calendar.halves[0].first)
    for cell in calendar.days:
        half = next(each for each in calendar.halves if cell in each.cells)
        assert half.first + cell.column * WEEK + cell.row * DAY == day


def test_dots_grow_with_what_was_done() -> None:
    days = {MONDAY - number * DAY: ActiveDay(0, number) for number in (1, 2, 3, 4, 5, 9)}
    levels = {cell.active.total: cell.level for cell in draw_activity_calendar(days, MONDAY).days}
    assert levels == {1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 9: 4}
