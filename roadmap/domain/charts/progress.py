"""The geometry of the chart of both numbers over time, with target and forecast, for SVG and PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roadmap.domain.charts.axes import HEIGHT, WIDTH, Axis, Point, Tick, step_line, svg_points
from roadmap.domain.learning.forecasts import Forecast
from roadmap.domain.reports.reports import ProgressReport, SeriesPoint

MIN_AHEAD = timedelta(weeks=104)


@dataclass(frozen=True)
class ProgressChart:
    """The chart; x goes from 0 to 1000 over the days, y from 0 at 100 % down to 100 at 0 %.

    `now_x` is the position of `as_of`; `target_x` is None when the target is outside the chart. `wedge` is
    the triangle from the claimed percentage now to the earliest and latest day of the forecast, which may lie
    beyond the right edge.
    """

    series: tuple[SeriesPoint, ...]
    first: date
    last: date
    as_of: date
    claimed: tuple[Point, ...]
    verified: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    now_x: float
    target_on: date | None
    target_x: float | None
    forecast: Forecast | None
    wedge: tuple[Point, ...]

    @property
    def claimed_points(self) -> str:
        return svg_points(self.claimed)

    @property
    def verified_points(self) -> str:
        return svg_points(self.verified)

    @property
    def wedge_points(self) -> str:
        """The forecast in the notation of SVG, empty without one."""
        return svg_points(self.wedge)


def chart_of(report: ProgressReport) -> ProgressChart | None:
    """Return the chart of a report, without a forecast; None when there is only one day."""
    return draw_progress(report.series, report.as_of, target_on=report.target_on)


def draw_progress(
    series: Sequence[SeriesPoint],
    as_of: date,
    *,
    target_on: date | None = None,
    forecast: Forecast | None = None,
) -> ProgressChart | None:
    """Return the chart up to a day, extended to the target and the forecast; None when there is only one day.

    The future takes at most twice as much space as the past, or two years, so that a distant target does not
    squeeze the past into a corner.
    """
    first = series[0].day if series else as_of
    axis = Axis(first, _end(first, as_of, [target_on, forecast.latest if forecast else None]))
    if axis.first == axis.last:
        return None
    claimed = _line(axis, [(point.day, point.claimed) for point in series], as_of)
    is_shown = target_on is not None and axis.first <= target_on <= axis.last
    return ProgressChart(
        series=tuple(series),
        first=first,
        last=axis.last,
        as_of=as_of,
        claimed=claimed,
        verified=_line(axis, [(point.day, point.verified) for point in series], as_of),
        ticks=axis.ticks(),
        now_x=axis.x(as_of),
        target_on=target_on,
        target_x=axis.x(target_on) if target_on is not None and is_shown else None,
        forecast=forecast,
        wedge=_wedge(axis, claimed, forecast) if forecast else (),
    )


def _end(first: date, as_of: date, ahead: Sequence[date | None]) -> date:
    horizon = as_of + max(MIN_AHEAD, 2 * (as_of - first))
    return min(max([as_of, *(day for day in ahead if day is not None)]), horizon)


def _line(axis: Axis, values: Sequence[tuple[date, int | None]], as_of: date) -> tuple[Point, ...]:
    corners = [(axis.x(day), float(HEIGHT - (percent or 0))) for day, percent in values]
    return tuple(step_line([(0.0, float(HEIGHT)), *corners], axis.x(as_of)))


def _wedge(axis: Axis, claimed: tuple[Point, ...], forecast: Forecast) -> tuple[Point, ...]:
    beyond = 4.0 * WIDTH  # far enough to be outside, near enough for every program that draws
    earliest, latest = (min(axis.x(day), beyond) for day in (forecast.earliest, forecast.latest))
    return (claimed[-1], (earliest, 0.0), (latest, 0.0))
