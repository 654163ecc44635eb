"""The frontier on a map: where what is ready begins, from the top of the map to its bottom."""

from collections.abc import Iterable

from roadmap.domain.map_layouts import MapLayout
from roadmap.domain.map_sizes import MARK

Point = tuple[int, int]
BESIDE = MARK + 8


def find_frontier(layout: MapLayout, ready: Iterable[str]) -> tuple[Point, ...]:
    """Points left of the first ready station of each row, from top to bottom; none where nothing is ready."""
    first: dict[int, Point] = {}
    for key in ready:
        station = layout.stations.get(key)
        if station is not None:
            point = (station.x - BESIDE, station.y)
            first[station.y] = min(first.get(station.y, point), point)
    return tuple(first[y] for y in sorted(first))
