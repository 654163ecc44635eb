"""The chart of a progress report: both numbers over time as lines of steps, for pages and files."""

from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.domain.reports import ProgressReport

LEFT, WIDTH, FOOT, HEIGHT = 40, 590, 160, 150
"""Where the lines are in a picture of 640 by 180."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The points of the two lines, as SVG wants them."""

    claimed: str
    verified: str


def draw_chart(report: ProgressReport) -> Chart | None:
    """Steps from day to day: a number holds until the next day on which something was recorded."""
    points = report.series
    if len(points) < 2 or points[0].day == report.as_of:
        return None
    return Chart(
        _steps(report, [each.claimed or 0 for each in points]),
        _steps(report, [each.verified or 0 for each in points]),
    )


def _steps(report: ProgressReport, percents: Sequence[int]) -> str:
    first = report.series[0].day
    span = (report.as_of - first).days
    corners: list[str] = []
    height = percents[0]
    for point, percent in zip(report.series, percents, strict=True):
        x = LEFT + WIDTH * (point.day - first).days / span
        corners += [f"{x:.1f},{_level(height)}", f"{x:.1f},{_level(percent)}"]
        height = percent
    return " ".join([*corners, f"{LEFT + WIDTH},{_level(height)}"])


def _level(percent: int) -> str:
    return f"{FOOT - HEIGHT * percent / 100:g}"
