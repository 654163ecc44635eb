"""Draws maps: what never changes is cached by edition, and only stations and frontier are put in."""

import re
import secrets
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from flask import render_template
from markupsafe import Markup

from roadmap.cache.editions import StoredOutline
from roadmap.domain.maps.layout import Lane, MapLayout, Point
from roadmap.domain.maps.page_breaks import find_frontier, page_breaks_of
from roadmap.exports.languages import language_attribute
from roadmap.queries.learning.maps import MapWithStates
from roadmap.queries.learning.milestone_list import Row
from roadmap.web.rendering.template_filters import as_markup, today

ENROLLMENT = f"enrollment-{secrets.token_hex(8)}"
"""Stands in cached parts for the public id of whoever's roadmap they are put into; nobody can type it."""


def cached(stored: StoredOutline, key: Hashable, render: Callable[[], str]) -> str:
    """A rendered part of an edition; whatever it shows beside the edition is in its key."""
    return stored.fragments.get(key, None, render)


def look_of(row: Row) -> Hashable:
    """All that a row shows beside its edition: days are written with their year in other years."""
    return looks_of([row])[0]


def looks_of(rows: Iterable[Row]) -> tuple[Hashable, ...]:
    """The same of several rows."""
    year = today().year

    def is_this_year(day: date | None) -> bool | None:
        return None if day is None else day.year == year

    return tuple(
        [
            (row.milestone.key, *row[1:], is_this_year(row.revisit_on), is_this_year(row.shown_on))
            for row in rows
        ]
    )


BEND, SOFT_BEND = 7, 18
_PLACE = re.compile(r"<!-- station (\S+) -->")
_FRONTIER = "<!-- frontier -->"


@dataclass(frozen=True, slots=True)
class Links:
    """Where stations lead: `before` and the milestone's key."""

    before: str
    has_states: bool = True


OWN = Links(f"/enrollments/{ENROLLMENT}/milestones/")


def public_links(slug: str) -> Links:
    """Stations of a roadmap as everybody may see it lead to its milestones."""
    return Links(f"/roadmaps/{slug}/milestones/", has_states=False)


def render_map(map_view: MapWithStates, links: Links, public_id: str = "") -> Markup:
    """The whole map as SVG; nothing where there is no station."""
    if not map_view.layout.stations:
        return Markup()
    frame = cached(
        map_view.stored, ("map", links, map_view.skills, map_view.outside), lambda: _frame(map_view, links)
    )
    parts = _PLACE.split(frame.replace(_FRONTIER, render_frontier(map_view), 1))
    parts[1::2] = [_station(map_view, links, key) for key in parts[1::2]]
    return as_markup("".join(parts).replace(ENROLLMENT, public_id))


def render_stations(map_view: MapWithStates, keys: Iterable[str], public_id: str) -> Markup:
    """Some stations, for a script to put in the place of those it has."""
    shown = "".join(_station(map_view, OWN, key) for key in keys if key in map_view.layout.stations)
    return as_markup(shown.replace(ENROLLMENT, public_id))


def render_frontier(map_view: MapWithStates) -> Markup:
    """The line of what is ready; an empty group where nothing is."""
    corners = find_frontier(map_view.layout, [key for key, row in map_view.rows.items() if row.ready])
    line = rounded(corners, SOFT_BEND) if corners else ""
    html = render_template("maps/_frontier.html", corners=corners, line=line)
    return as_markup(html)


def _frame(map_view: MapWithStates, links: Links) -> str:
    of_stations, of_skills = _paths(map_view.layout)
    return render_template(
        "maps/frame.html",
        layout=map_view.layout,
        outline=map_view.stored.outline,
        land=_land(map_view.layout),
        tracks=_tracks,
        paths=of_stations,
        paths_by_skill=of_skills,
        cuts=page_breaks_of(map_view.layout),
        links=links,
        language=language_attribute(map_view.stored.outline.language),
        outside=map_view.outside,
    )


def _land(layout: MapLayout) -> dict[str, str]:
    """The lines of areas and between skills: one path for all that look the same, by its class."""
    land: dict[str, str] = {}
    for band in layout.bands:
        _draw(land, "map-area", 0, band.top + 26, layout.width)
        for lane in band.lanes:
            if lane is not band.lanes[0]:
                _draw(land, "map-rule", 0, lane.top, layout.width)
    return land


def _tracks(lane: Lane) -> dict[str, str]:
    """The same for the line of a skill."""
    tracks: dict[str, str] = {}
    for track in lane.tracks:
        optional = " map-optional" if track.is_optional or lane.skill.optional else ""
        _draw(tracks, f"map-track{optional}", track.x, track.y, track.end)
    return tracks


def _draw(land: dict[str, str], look: str, x: int, y: int, end: int) -> None:
    land[look] = f"{land.get(look, '')}M{x} {y}H{end}"


def _paths(layout: MapLayout) -> tuple[list[str], dict[str, list[str]]]:
    """The lines from stations, whose ends say which, and by skill those from a whole skill."""
    of_stations: list[str] = []
    of_skills: dict[str, list[str]] = {}
    for connection in layout.connections:
        is_station = connection.source in layout.stations
        paths = of_stations if is_station else of_skills.setdefault(connection.source, [])
        paths.append(rounded(connection.corners))
    return of_stations, of_skills


def _station(map_view: MapWithStates, links: Links, key: str) -> str:
    row = map_view.rows[key]

    def render() -> str:
        station, m = map_view.layout.stations[key], row.milestone
        language = language_attribute(map_view.stored.outline.language)
        return render_template(
            "maps/_station.html", station=station, row=row, m=m, links=links, language=language
        )

    return cached(map_view.stored, ("station", links.before, map_view.skills, look_of(row)), render)


def rounded(corners: tuple[Point, ...], bend: int = BEND) -> str:
    """A path through corners of right angles, each with a bend that fits between its neighbours."""
    parts = ["M{} {}".format(*corners[0])]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        (back_x, back_y), (on_x, on_y) = _towards(corner, before, bend), _towards(corner, after, bend)
        parts.append(_straight(corner[0] + back_x, corner[1] + back_y, is_level=back_y == 0))
        # Adding nought makes no difference but to -0, which needs no sign.
        parts.append(f"q{0 - back_x:g} {0 - back_y:g} {on_x - back_x + 0:g} {on_y - back_y + 0:g}")
    parts.append(_straight(*corners[-1], is_level=len(corners) < 2 or corners[-1][1] == corners[-2][1]))
    return "".join(parts)


def _straight(x: float, y: float, *, is_level: bool) -> str:
    return f"H{x:g}" if is_level else f"V{y:g}"


def _towards(corner: Point, other: Point, bend: int) -> tuple[float, float]:
    """The step from a corner towards another one at which its bend begins or ends."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    size = abs(dx) + abs(dy)
    share = min(bend, size / 2) / size if size else 0
    return dx * share, dy * share
