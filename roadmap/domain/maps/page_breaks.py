"""Reads of a finished map layout: where print splits it into pages, and the line before what is ready."""

from collections.abc import Iterable

from roadmap.domain.maps.geometry import MARK
from roadmap.domain.maps.layout import MapLayout, Point, Station

PAPER = 1_054
"""How many pixels lie side by side on a landscape page; wider maps are made smaller, others are not."""
FIRST, LATER = 0.48, 0.66
"""How high the part on a page may be, as a share of its width: the first page also has a heading."""
FILLED = 0.4
"""A page that would be emptier than this below an area's end goes on with skills of the next."""


def page_breaks_of(layout: MapLayout) -> tuple[int, ...]:
    """The tops of its parts, from 0 on; one part where it fits on one page."""
    width = max(layout.width, PAPER)
    areas = [band.top for band in layout.bands]
    skills = [lane.top for band in layout.bands for lane in band.lanes[1:]]
    tops = [0]
    while layout.height - tops[-1] > (most := width * (LATER if tops[1:] else FIRST)):
        top = tops[-1]
        fitting = (
            [each for each in areas if top + FILLED * most <= each <= top + most]
            or [each for each in sorted((*areas, *skills)) if top < each <= top + most]
            or sorted(each for each in (*areas, *skills) if each > top)[:1]
        )
        if not fitting:
            break
        tops.append(fitting[-1])
    return tuple(tops)


BESIDE = MARK + 8


def find_frontier(layout: MapLayout, ready: Iterable[str]) -> tuple[Point, ...]:
    """The corners of a line left of the first ready station of each row; none where nothing is ready.

    It goes straight down beside marks, and sideways only between rows.
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
