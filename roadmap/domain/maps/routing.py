"""Routes the lines of a map: assigns gutters and corridors, so that lines do not overlap or cross labels.

Gutter g is to the right of column g, corridor k is above row k. Heights are counted in half rows: corridor k
is at 2k, row r at 2r + 1.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from roadmap.domain.maps.ranks import Link, MapPlaces

Slots = Mapping[tuple[int, str], int]


@dataclass(frozen=True, slots=True)
class Route:
    """One line: up or down in the gutter of its source, then along a corridor or the row of the target."""

    link: Link
    source: str
    corridor: int | None


@dataclass
class _Spans:
    """The spans that lines occupy in gutters or corridors, by place and owner; one owner shares its span."""

    taken: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)

    def take(self, place: int, owner: str, start: int, end: int) -> None:
        low, high = self.taken.get((place, owner), (start, start))
        self.taken[place, owner] = (min(low, start, end), max(high, start, end))

    def slots(self) -> dict[tuple[int, str], int]:
        """Return a slot number for each span, different for spans that touch."""
        slots: dict[tuple[int, str], int] = {}
        ends: defaultdict[int, list[int]] = defaultdict(list)
        for (place, owner), (low, high) in sorted(self.taken.items(), key=lambda item: (item[1], item[0])):
            lanes = ends[place]
            free = next((number for number, end in enumerate(lanes) if end < low), len(lanes))
            lanes[free : free + 1] = [high]
            slots[place, owner] = free
        return slots


@dataclass(frozen=True)
class MapRoutes:
    """All lines, with the slots of their spans in gutters and corridors."""

    routes: tuple[Route, ...]
    gutters: Slots
    corridors: Slots


def outgoing_route(link: Link) -> str:
    """Return the owner of the span beside the source, which all lines of the same source share."""
    return f"from {link.source}"


def incoming_route(link: Link) -> str:
    """Return the owner of the span before the target."""
    return f"to {link.target}"


def find_routes(places: MapPlaces) -> MapRoutes:
    """Return a route for every prerequisite, with separate slots for different sources."""
    taken_columns = _columns_by_row(places)
    routes = tuple(
        Route(link, source, _corridor(places, taken_columns, source, link.target))
        for link in places.links
        for source in link.sources
    )
    gutters, corridors = _Spans(), _Spans()
    for route in routes:
        _take(places, route, gutters, corridors)
    return MapRoutes(routes, gutters.slots(), corridors.slots())


def _columns_by_row(places: MapPlaces) -> dict[int, set[int]]:
    columns: defaultdict[int, set[int]] = defaultdict(set)
    for key, column in places.columns.items():
        columns[places.row_of[key]].add(column)
    return columns


def _corridor(places: MapPlaces, taken: Mapping[int, Iterable[int]], source: str, target: str) -> int | None:
    """Return the corridor next to the target's row on the side of the source; None when the row is free."""
    begins, ends = places.columns[source], places.columns[target]
    above, row = places.row_of[source], places.row_of[target]
    if not any(begins < column < ends for column in taken[row]):
        return None
    return row if above <= row else row + 1


def _take(places: MapPlaces, route: Route, gutters: _Spans, corridors: _Spans) -> None:
    begins, ends = places.columns[route.source], places.columns[route.link.target]
    start, end = 2 * places.row_of[route.source] + 1, 2 * places.row_of[route.link.target] + 1
    if route.corridor is None:
        if start != end:
            gutters.take(begins, outgoing_route(route.link), start, end)
        return
    gutters.take(begins, outgoing_route(route.link), start, 2 * route.corridor)
    gutters.take(ends - 1, incoming_route(route.link), 2 * route.corridor, end)
    corridors.take(route.corridor, outgoing_route(route.link), begins, ends - 1)
