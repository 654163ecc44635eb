"""The positions of the columns, rows, gutters, corridors and headings of a map, in pixels."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from roadmap.domain.maps.ranks import MapPlaces
from roadmap.domain.maps.routing import MapRoutes, Slots
from roadmap.domain.maps.text_wrap import text_width, wrap_text
from roadmap.domain.roadmaps.outlines import SkillOutline

MARK = 11
"""Half of the size of a station mark, including its margin."""
LABEL_GAP, LABEL_TYPE, LABEL_LEADING, LABEL_WIDTH, LABEL_LINES = 15, 12, 13, 110, 5
NAME_TYPE, NAME_LEADING, NAME_BELOW, NAME_WIDTH, NAME_LINES = 14, 16, 2, 300, 3
"""A skill's name has lines of its own above its stations, narrow enough for a phone."""
LEFT, RIGHT, TOP, BOTTOM = 28, 12, 44, 14
HEADING, LANE_BELOW = 30, 8
SLOT, GUTTER, CORRIDOR = 4, 18, 7


@dataclass(frozen=True)
class MapSizes:
    """Positions in pixels; the corridor above row k starts at `corridors[k]`."""

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    corridors: tuple[int, ...]
    lane_tops: Mapping[str, int]
    area_tops: Mapping[str, int]
    width: int
    height: int

    def end_of_label(self, places: MapPlaces, key: str) -> int:
        """Return the x at which the line continues after a station's label."""
        width = max(map(text_width, label_of(places.outline.milestones[key].title)))
        return self.columns[places.columns[key]] + LABEL_GAP + min(LABEL_WIDTH, round(width * LABEL_TYPE)) + 4

    def gutter_x(self, gutter: int, slot: int) -> int:
        """Return the x of a line with this slot in the gutter to the right of a column."""
        return self.columns[gutter] + LABEL_GAP + LABEL_WIDTH + 5 + SLOT * slot

    def corridor_y(self, corridor: int, slot: int) -> int:
        """Return the y of a line with this slot in the corridor above a row."""
        return self.corridors[corridor] + 4 + SLOT * slot


def label_of(title: str) -> tuple[str, ...]:
    return wrap_text(title, LABEL_WIDTH / LABEL_TYPE, LABEL_LINES)


def name_of(skill: SkillOutline) -> tuple[str, ...]:
    return wrap_text(skill.title, NAME_WIDTH / NAME_TYPE, NAME_LINES)


def note_of(skill: SkillOutline) -> str:
    """Return what follows the name: that the skill is optional, or how much it needs; empty otherwise."""
    needed = f"choose {skill.needs} of {len(skill.required)}" if skill.needs is not None else ""
    return ", ".join(filter(None, ("optional" if skill.optional else "", needed)))


def name_width(skill: SkillOutline) -> int:
    *lines, last = name_of(skill)
    return round(max(text_width(line) for line in (*lines, f"{last} {note_of(skill)}")) * NAME_TYPE)


def measure_map(places: MapPlaces, routes: MapRoutes) -> MapSizes:
    """Return all positions; gutters and corridors fit their lines, rows fit their labels."""
    columns = _columns(places, routes.gutters)
    lanes = _Heights(places, _most_by_place(routes.corridors))
    width = (columns[-1] if columns else LEFT) + LABEL_GAP + LABEL_WIDTH + RIGHT
    return MapSizes(
        columns,
        tuple(lanes.rows),
        tuple(lanes.corridors),
        lanes.lane_tops,
        lanes.area_tops,
        max(width, *(name_width(skill) + RIGHT for skill in places.skills), 0),
        lanes.y + BOTTOM,
    )


def _most_by_place(slots: Slots) -> dict[int, int]:
    most: dict[int, int] = {}
    for (place, _), slot in slots.items():
        most[place] = max(most.get(place, 0), slot + 1)
    return most


def _columns(places: MapPlaces, gutters: Slots) -> tuple[int, ...]:
    """Return the x of the center of each column's marks."""
    most, count = _most_by_place(gutters), max(places.columns.values(), default=-1) + 1
    if not count:
        return ()
    steps = [
        LABEL_GAP + LABEL_WIDTH + max(GUTTER, 10 + SLOT * most.get(number, 0)) + MARK
        for number in range(count - 1)
    ]
    return tuple(accumulate(steps, initial=LEFT))


class _Heights:
    """Goes down the map area by area and records the y of everything."""

    def __init__(self, places: MapPlaces, corridors: Mapping[int, int]) -> None:
        self.y = TOP
        self.rows: list[int] = []
        self.corridors: list[int] = []
        self.lane_tops: dict[str, int] = {}
        self.area_tops: dict[str, int] = {}
        self._most, self._places = corridors, places
        shown = {skill.key for skill in places.skills}
        for area in places.outline.areas:
            skills = [skill for skill in area.skills if skill.key in shown]
            if skills:
                self.area_tops[area.key] = self.y
                self.y += HEADING
            for skill in skills:
                self._lane(skill)
        self.corridors.append(self.y)
        self.y += SLOT * corridors.get(len(self.rows), 0)

    def _lane(self, skill: SkillOutline) -> None:
        self.lane_tops[skill.key] = self.y
        self.y += NAME_LEADING * len(name_of(skill)) + NAME_BELOW
        for row in self._places.rows[skill.key]:
            self._row(row)
        self.y += LANE_BELOW

    def _row(self, row: tuple[str, ...]) -> None:
        number = len(self.rows)
        self.corridors.append(self.y)
        self.y += max(CORRIDOR, 5 + SLOT * self._most.get(number, 0))
        titles = [self._places.outline.milestones[key].title for key in row]
        height = max(2 * MARK, *(LABEL_LEADING * len(label_of(title)) for title in titles))
        self.rows.append(self.y + height // 2)
        self.y += height
