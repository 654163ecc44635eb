"""The layout of a map: stations on the lines of their skills, and the connections between them."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from roadmap.domain.maps.geometry import NAME_LEADING, MapSizes, label_of, measure_map, name_of, note_of
from roadmap.domain.maps.ranks import MapPlaces, place_milestones
from roadmap.domain.maps.routing import MapRoutes, Route, find_routes, incoming_route, outgoing_route
from roadmap.domain.maps.text_wrap import reads_from_right
from roadmap.domain.roadmaps.outlines import Outline, SkillOutline

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Station:
    """A milestone: the center of its mark, the top of its row, and its label, which ends before `end`."""

    key: str
    skill: str
    column: int
    row: int
    x: int
    y: int
    top: int
    end: int
    label: tuple[str, ...]
    reads_from_right: bool


@dataclass(frozen=True, slots=True)
class Track:
    """Part of a skill's line, from a label to the next mark, which may be optional."""

    x: int
    end: int
    y: int
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Connection:
    """The line of a prerequisite with its corners; `source` is a milestone or a whole skill."""

    source: str
    target: str
    corners: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A skill: the top of its lane, and its name, whose first line is at `y`, with a note."""

    skill: SkillOutline
    top: int
    y: int
    name: tuple[str, ...]
    note: str
    tracks: tuple[Track, ...]
    stations: tuple[Station, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """An area: the top of its heading, and its lanes."""

    key: str
    title: str
    top: int
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, eq=False)
class MapLayout:
    """The whole map; compared by identity, so that it can be a cache key."""

    bands: tuple[Band, ...]
    connections: tuple[Connection, ...]
    columns: tuple[int, ...]
    width: int
    height: int

    @cached_property
    def stations(self) -> dict[str, Station]:
        """All stations by milestone key, in the order of the lanes and in each from left to right."""
        lanes = [lane for band in self.bands for lane in band.lanes]
        return {station.key: station for lane in lanes for station in lane.stations}


def lay_out_map(outline: Outline, shown: Collection[str]) -> MapLayout:
    """Return the map of these skills, given by key; deterministic for the same outline."""
    places = place_milestones(outline, shown)
    routes = find_routes(places)
    sizes = measure_map(places, routes)
    return MapLayout(
        bands=_bands(places, sizes),
        connections=tuple(
            Connection(route.link.source, route.link.target, _corners(places, routes, sizes, route))
            for route in routes.routes
        ),
        columns=sizes.columns,
        width=sizes.width,
        height=sizes.height,
    )


def _bands(places: MapPlaces, sizes: MapSizes) -> tuple[Band, ...]:
    shown = {skill.key: skill for skill in places.skills}
    bands = []
    for area in places.outline.areas:
        lanes = tuple(_lane(places, sizes, skill) for skill in area.skills if skill.key in shown)
        if lanes:
            bands.append(Band(area.key, area.title, sizes.area_tops[area.key], lanes))
    return tuple(bands)


def _lane(places: MapPlaces, sizes: MapSizes, skill: SkillOutline) -> Lane:
    rows, top = places.rows[skill.key], sizes.lane_tops[skill.key]
    stations = [_station(places, sizes, skill, key) for row in rows for key in row]
    return Lane(
        skill=skill,
        top=top,
        y=top + NAME_LEADING,
        name=name_of(skill),
        note=note_of(skill),
        tracks=tuple(_tracks(places, sizes, rows)),
        stations=tuple(sorted(stations, key=lambda station: (station.column, station.row))),
    )


def _tracks(places: MapPlaces, sizes: MapSizes, rows: tuple[tuple[str, ...], ...]) -> list[Track]:
    milestones = places.outline.milestones
    return [
        Track(
            sizes.end_of_label(places, before),
            sizes.columns[places.columns[after]],
            sizes.rows[places.row_of[after]],
            milestones[after].optional,
        )
        for row in rows
        for before, after in pairwise(row)
    ]


def _station(places: MapPlaces, sizes: MapSizes, skill: SkillOutline, key: str) -> Station:
    title = places.outline.milestones[key].title
    column, row = places.columns[key], places.row_of[key]
    x, y, top = sizes.columns[column], sizes.rows[row], sizes.corridors[row]
    end = sizes.end_of_label(places, key)
    return Station(key, skill.key, column, row, x, y, top, end, label_of(title), reads_from_right(title))


def _corners(places: MapPlaces, routes: MapRoutes, sizes: MapSizes, route: Route) -> tuple[Point, ...]:
    """Return the corners from the label of one station to the mark of the other, in right angles."""
    column, end = places.columns[route.source], places.columns[route.link.target]
    x, y = sizes.end_of_label(places, route.source), sizes.rows[places.row_of[route.source]]
    to_x, to_y = sizes.columns[end], sizes.rows[places.row_of[route.link.target]]
    if route.corridor is None:
        if y == to_y:
            return ((x, y), (to_x, to_y))
        trunk = sizes.gutter_x(column, routes.gutters[column, outgoing_route(route.link)])
        return ((x, y), (trunk, y), (trunk, to_y), (to_x, to_y))
    out, into = outgoing_route(route.link), incoming_route(route.link)
    trunk = sizes.gutter_x(column, routes.gutters[column, out])
    drop = sizes.gutter_x(end - 1, routes.gutters[end - 1, into])
    level = sizes.corridor_y(route.corridor, routes.corridors[route.corridor, out])
    return ((x, y), (trunk, y), (trunk, level), (drop, level), (drop, to_y), (to_x, to_y))
