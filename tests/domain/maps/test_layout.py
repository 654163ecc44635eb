"""The layout of maps: nothing overlaps, time runs from left to right, everything is there once."""

from itertools import combinations, pairwise, product
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.maps.geometry import LABEL_GAP, LABEL_LEADING, MARK
from roadmap.domain.maps.layout import MapLayout, Point, Station, lay_out_map
from roadmap.domain.maps.page_breaks import find_frontier
from roadmap.domain.roadmaps.outlines import Outline
from tests.support.map_outlines import TITLES, woven
from tests.support.outlines import milestone, outline, sample, skill


class Box(NamedTuple):
    """A rectangle by its edges."""

    left: int
    top: int
    right: int
    bottom: int

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def half_height(station: Station) -> int:
    return LABEL_LEADING * len(station.label) // 2


def box_of(station: Station) -> Box:
    """Mark and label."""
    half = max(half_height(station), MARK - 1)
    return Box(station.x - MARK, station.y - half, station.end, station.y + half)


def label_of(station: Station) -> Box:
    half = half_height(station)
    return Box(station.x + LABEL_GAP, station.y - half, station.end, station.y + half)


def stretches(corners: tuple[Point, ...]) -> list[Box]:
    """The straight parts of a line, as boxes one pixel thin."""
    return [
        Box(min(x, to_x), min(y, to_y), max(x, to_x) + 1, max(y, to_y) + 1)
        for (x, y), (to_x, to_y) in pairwise(corners)
    ]


def whole_map(content: Outline) -> MapLayout:
    return lay_out_map(content, content.skills)


def members(content: Outline, name: str) -> list[str]:
    if name not in content.skills:
        return [name]
    skill = content.skills[name]
    return [each.key for each in skill.required or skill.milestones]


@pytest.fixture(scope="module", params=[(0, "short"), *product((1, 2, 30, 300), TITLES)], ids=str)
def content(request: pytest.FixtureRequest) -> Outline:
    size, title = request.param
    return woven(size, TITLES[title])


@pytest.fixture(scope="module")
def layout(content: Outline) -> MapLayout:
    return whole_map(content)


def test_every_milestone_is_there_once(content: Outline, layout: MapLayout) -> None:
    stations = [each.key for band in layout.bands for lane in band.lanes for each in lane.stations]
    assert sorted(stations) == sorted(content.milestones)


def test_no_marks_and_labels_overlap(content: Outline, layout: MapLayout) -> None:
    boxes = [box_of(each) for each in layout.stations.values()]
    assert len(boxes) == len(content.milestones)
    assert not any(one.touches(other) for one, other in combinations(boxes, 2))


def test_everything_lies_on_the_map(layout: MapLayout) -> None:
    boxes = [box_of(each) for each in layout.stations.values()]
    boxes += [box for connection in layout.connections for box in stretches(connection.corners)]
    assert all(box.left > 0 and box.top > 0 for box in boxes)
    assert all(box.right <= layout.width and box.bottom <= layout.height for box in boxes)


def test_what_comes_first_stands_further_left(content: Outline, layout: MapLayout) -> None:
    stations = layout.stations
    assert stations.keys() == content.milestones.keys()
    for key, each in content.milestones.items():
        for name in each.prerequisites:
            assert all(stations[first].x < stations[key].x for first in members(content, name))


def test_no_way_runs_through_a_label(layout: MapLayout) -> None:
    labels = [label_of(each) for each in layout.stations.values()]
    lines = [box for connection in layout.connections for box in stretches(connection.corners)]
    assert not any(line.touches(label) for line in lines for label in labels)


def test_a_lane_goes_from_left_to_right_in_each_row(content: Outline, layout: MapLayout) -> None:
    lanes = [lane for band in layout.bands for lane in band.lanes]
    tracks = [track for lane in lanes for track in lane.tracks]
    assert bool(tracks) == (len(content.milestones) > 1)
    assert all(track.x < track.end for track in tracks)


@given(seed=st.integers(0, 2**32), size=st.integers(0, 60))
def test_any_outline_has_a_map_without_overlaps(seed: int, size: int) -> None:
    layout = whole_map(woven(size, seed=seed))
    boxes = [box_of(each) for each in layout.stations.values()]
    lines = [box for connection in layout.connections for box in stretches(connection.corners)]
    labels = [label_of(each) for each in layout.stations.values()]
    assert not any(one.touches(other) for one, other in combinations(boxes, 2))
    assert not any(line.touches(label) for line in lines for label in labels)


def test_the_same_outline_has_the_same_map() -> None:
    one, other = whole_map(woven(60)), whole_map(woven(60))
    assert (one.bands, one.connections, one.width, one.height) == (
        other.bands,
        other.connections,
        other.width,
        other.height,
    )


def test_every_prerequisite_has_its_way() -> None:
    layout = whole_map(sample())
    pairs = {(connection.source, connection.target) for connection in layout.connections}
    assert pairs == {("first", "second"), ("core", "look"), ("choice", "write")}


def test_alternatives_stand_below_each_other() -> None:
    stations = whole_map(sample()).stations
    assert len({stations[key].column for key in ("red", "green", "blue")}) == 1


def test_what_is_not_shown_is_left_out_with_its_ways() -> None:
    layout = lay_out_map(sample(), {"core", "text"})
    assert set(layout.stations) == {"first", "second", "habit", "bonus", "read", "write"}
    assert {connection.source for connection in layout.connections} == {"first"}


def test_rows_of_a_lane_follow_their_neighbours() -> None:
    upper = skill("upper", milestone("high"))
    lower = skill("lower", milestone("low"))
    needs = [milestone("far", prerequisites=("low",)), milestone("near", prerequisites=("high",))]
    content = outline(upper, skill("middle", *needs, needs=1), lower)
    stations = whole_map(content).stations
    assert stations["near"].y < stations["far"].y


def test_the_frontier_runs_left_of_what_is_ready_and_through_no_label() -> None:
    layout = whole_map(sample())
    corners = find_frontier(layout, ["second", "habit", "see", "join"])
    labels = [label_of(each) for each in layout.stations.values()]
    assert all(x < layout.stations["second"].x for x, _ in corners)
    assert not any(line.touches(label) for line in stretches(corners) for label in labels)
    assert corners[0][1] == 0
    assert corners[-1][1] == layout.height


def test_without_ready_milestones_there_is_no_frontier() -> None:
    assert find_frontier(whole_map(sample()), []) == ()
