"""The frontier on a map: where what is ready begins, from the top of the map to its bottom."""

from collections.abc import Iterable

from roadmap.domain.maps.geometry import MARK
from roadmap.domain.maps.layout import MapLayout, Point, Station

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
