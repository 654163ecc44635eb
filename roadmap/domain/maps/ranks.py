"""Assigns each milestone of a map a column and a row of its skill's lane, without sizes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import TopologicalSorter
from itertools import accumulate
from math import isqrt

from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline, SkillOutline

SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Link:
    """A prerequisite to draw; `source` is a milestone or a skill, and its lines start at `sources`."""

    source: str
    target: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class MapPlaces:
    """The shown skills, the column of each milestone, and each skill's rows from top to bottom."""

    outline: Outline
    skills: tuple[SkillOutline, ...]
    columns: Mapping[str, int]
    rows: Mapping[str, tuple[tuple[str, ...], ...]]
    links: tuple[Link, ...]

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row number of each milestone, counted over all lanes."""
        every = [row for skill in self.skills for row in self.rows[skill.key]]
        return {key: number for number, row in enumerate(every) for key in row}


def place_milestones(outline: Outline, shown: Collection[str]) -> MapPlaces:
    """Place prerequisites further left, by longest path; `shown` are the keys of skills."""
    skills = tuple(skill for key, skill in outline.skills.items() if key in shown and skill.milestones)
    first = _predecessors(skills)
    columns, rows = _Lanes(skills, first, _depths(first)).placed()
    places = MapPlaces(outline, skills, columns, rows, _links(outline, skills, columns, rows))
    return _with_short_lines(places)


def _members(skill: SkillOutline) -> tuple[MilestoneOutline, ...]:
    """Return the milestones that a prerequisite on a whole skill refers to."""
    return skill.required or skill.milestones


def _predecessors(skills: tuple[SkillOutline, ...]) -> dict[str, list[str]]:
    """Return for each milestone the shown ones that must be further left, in plan order."""
    by_key = {skill.key: skill for skill in skills}
    shown = {milestone.key: milestone for skill in skills for milestone in skill.milestones}
    first: dict[str, list[str]] = {}
    for key, milestone in shown.items():
        names = dict.fromkeys(milestone.prerequisites)
        parts = [[m.key for m in _members(by_key[name])] if name in by_key else [name] for name in names]
        first[key] = [other for part in parts for other in part if other in shown and other != key]
    return first


def _depths(first: Mapping[str, list[str]]) -> dict[str, int]:
    """Return the length of the longest path to each milestone, in prerequisites."""
    depths: dict[str, int] = {}
    for key in TopologicalSorter(first).static_order():
        depths[key] = max((depths[other] + 1 for other in first[key]), default=0)
    return depths


def _most_delay(skill: SkillOutline) -> int:
    """Return how many columns after its depth a milestone may be before its lane gets another row."""
    return max(1, isqrt(len(skill.milestones)) - 1)


class _Lanes:
    """Fills the rows of all lanes from left to right, in the order of depth."""

    def __init__(
        self, skills: tuple[SkillOutline, ...], first: Mapping[str, list[str]], depths: Mapping[str, int]
    ) -> None:
        self.first = first
        self.order = sorted(first, key=depths.__getitem__)
        self.skill_of = {milestone.key: skill for skill in skills for milestone in skill.milestones}
        self.alternatives = {milestone.key for skill in skills if skill.needs for milestone in skill.required}
        self.columns: dict[str, int] = {}
        self.rows: dict[str, list[list[str]]] = {skill.key: [] for skill in skills}

    def placed(self) -> tuple[dict[str, int], dict[str, tuple[tuple[str, ...], ...]]]:
        for key in self.order:
            self._place(key)
        return self.columns, {skill: tuple(map(tuple, rows)) for skill, rows in self.rows.items()}

    def _place(self, key: str) -> None:
        """Place it in the row that delays it least, then with the smallest gap, or else in a new row."""
        earliest = max((self.columns[other] + 1 for other in self.first[key]), default=0)
        skill = self.skill_of[key]
        rows = self.rows[skill.key]
        ends = [self.columns[row[-1]] for row in rows]
        most = earliest + (0 if key in self.alternatives else _most_delay(skill))
        fitting = [(max(earliest, end + 1), -end, number) for number, end in enumerate(ends) if end < most]
        if fitting:
            column, _, number = min(fitting)
            rows[number].append(key)
        else:
            column = earliest
            rows.append([key])
        self.columns[key] = column


def _links(
    outline: Outline,
    skills: tuple[SkillOutline, ...],
    columns: Mapping[str, int],
    rows: Mapping[str, tuple[tuple[str, ...], ...]],
) -> tuple[Link, ...]:
    """Return a link for each shown prerequisite; a whole skill starts at the last milestone of each row."""
    by_key = {skill.key: skill for skill in skills}
    links = []
    for key in columns:
        for name in dict.fromkeys(outline.milestones[key].prerequisites):
            if name in by_key:
                members = {member.key for member in _members(by_key[name])}
                lasts = [[member for member in row if member in members][-1:] for row in rows[name]]
                links.append(Link(name, key, tuple(member for last in lasts for member in last)))
            elif name in columns and name != key:
                links.append(Link(name, key, (name,)))
    return tuple(links)


def _with_short_lines(places: MapPlaces) -> MapPlaces:
    """Sort the rows of each lane by the rows of their neighbors, so that lines are short and cross rarely."""
    sweeps = accumulate(range(SWEEPS), lambda before, _: _sorted_rows(before), initial=places)
    return min(sweeps, key=_length)


def _length(places: MapPlaces) -> int:
    row = places.row_of
    return sum(abs(row[source] - row[link.target]) for link in places.links for source in link.sources)


def _sorted_rows(places: MapPlaces) -> MapPlaces:
    row_of = places.row_of
    pulls: dict[str, list[int]] = {key: [] for key in places.columns}
    for link in places.links:
        for source in link.sources:
            pulls[source].append(row_of[link.target])
            pulls[link.target].append(row_of[source])

    def middle(row: tuple[str, ...]) -> float:
        pulled = [number for key in row for number in pulls[key]]
        return sum(pulled) / len(pulled) if pulled else row_of[row[0]]

    rows = {skill: tuple(sorted(lane, key=middle)) for skill, lane in places.rows.items()}
    return replace(places, rows=rows)
