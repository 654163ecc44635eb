"""The ways of a map: which gutter and which corridor each prerequisite's line takes, apart from the others.

Columns have gutters between them and rows have corridors, so that no line runs through a label. Gutter g
lies right of column g, corridor k above row k. Heights count half rows: corridor k is 2k, row r is 2r + 1.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from roadmap.domain.maps.ranks import Link, MapPlaces

Slots = Mapping[tuple[int, str], int]


@dataclass(frozen=True, slots=True)
class Route:
    """One line: down or up in the gutter of its source, then along the target's row or a corridor to it."""

    link: Link
    source: str
    corridor: int | None


@dataclass
class _Spans:
    """The stretches that lines take in gutters or corridors, by place and owner; owners share their own."""

    taken: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)

    def take(self, place: int, owner: str, start: int, end: int) -> None:
        low, high = self.taken.get((place, owner), (start, start))
        self.taken[place, owner] = (min(low, start, end), max(high, start, end))

    def slots(self) -> dict[tuple[int, str], int]:
        """A number for each stretch, so that those that touch have different ones."""
        slots: dict[tuple[int, str], int] = {}
        ends: defaultdict[int, list[int]] = defaultdict(list)
        for (place, owner), (low, high) in sorted(self.taken.items(), key=lambda each: (each[1], each[0])):
            lanes = ends[place]
            free = next((number for number, end in enumerate(lanes) if end < low), len(lanes))
            lanes[free : free + 1] = [high]
            slots[place, owner] = free
        return slots


@dataclass(frozen=True)
class MapRoutes:
    """All lines with the slots of their stretches: down from a source, into a target, along a corridor."""

    routes: tuple[Route, ...]
    gutters: Slots
    corridors: Slots


def outgoing_route(link: Link) -> str:
    """Who owns the stretch beside the source: all that follows from the same source shares it."""
    return f"from {link.source}"


def incoming_route(link: Link) -> str:
    """Who owns the stretch before the target."""
    return f"to {link.target}"


def find_routes(places: MapPlaces) -> MapRoutes:
    """Choose a route for every prerequisite, and keep the routes of different sources apart."""
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
    found: defaultdict[int, set[int]] = defaultdict(set)
    for key, column in places.columns.items():
        found[places.row_of[key]].add(column)
    return found


def _corridor(places: MapPlaces, taken: Mapping[int, Iterable[int]], source: str, target: str) -> int | None:
    """The corridor beside the target's row, on the side of the source; None where the row itself is free."""
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
