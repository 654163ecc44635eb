"""What is derived from a finished map layout: its page breaks in print, and the frontier of what is ready."""

from collections.abc import Iterable

from roadmap.domain.maps.geometry import MARK
from roadmap.domain.maps.layout import MapLayout, Point, Station

PAPER = 1_054
"""The width of a landscape page in pixels; wider maps are scaled down."""
FIRST, LATER = 0.48, 0.66
"""The largest height of the map on a page as a share of its width; the first page also has a heading."""
FILLED = 0.4
"""A page filled less than this at the end of an area continues with skills of the next area."""


def page_breaks_of(layout: MapLayout) -> tuple[int, ...]:
    """Return the y of the top of each page, beginning with 0; only 0 when the map fits on one page."""
    width = max(layout.width, PAPER)
    areas = [band.top for band in layout.bands]
    skills = [lane.top for band in layout.bands for lane in band.lanes[1:]]
    tops = [0]
    while layout.height - tops[-1] > (most := width * (LATER if tops[1:] else FIRST)):
        top = tops[-1]
        fitting = (
            [y for y in areas if top + FILLED * most <= y <= top + most]
            or [y for y in sorted((*areas, *skills)) if top < y <= top + most]
            or sorted(y for y in (*areas, *skills) if y > top)[:1]
        )
        if not fitting:
            break
        tops.append(fitting[-1])
    return tuple(tops)


BESIDE = MARK + 8


def find_frontier(layout: MapLayout, ready: Iterable[str]) -> tuple[Point, ...]:
    """Return the corners of a line left of the first ready station of each row, from top to bottom.

    It goes straight down beside stations and sideways only between rows; it is empty when nothing is ready.
    """
    first: dict[int, Station] = {}
    for key in ready:
        station = layout.stations.get(key)
        if station is not None and (station.y not in first or station.x < first[station.y].x):
            first[station.y] = station
    corners: list[Point] = []
    for y in sorted(first):
        x, top = first[y].x - BESIDE, first[y].top
        if not corners:
            corners.append((x, 0))
        elif corners[-1][0] != x:
            corners += [(corners[-1][0], top), (x, top)]
    return (*corners, (corners[-1][0], layout.height)) if corners else ()
