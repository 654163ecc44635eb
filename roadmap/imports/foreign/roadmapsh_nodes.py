"""The nodes and edges of a roadmap.sh map as plain values."""

from dataclasses import dataclass, field
from typing import Any

from roadmap.domain.imports.import_rows import Certainty

MAX_NODES = 500
MAX_PLACE = 1_000_000

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MapNode:
    """A rectangle with a label; places are in pixels from the top left."""

    id: str
    kind: str
    label: str
    x: float
    y: float
    width: float = 0
    height: float = 0
    legend: str = ""
    description: str = ""
    links: tuple[Json, ...] = field(default=(), compare=False)

    def gap(self, other: "MapNode") -> float:
        """Return how far two rectangles are from each other; 0 when they touch."""
        aside = max(other.x - self.x - self.width, self.x - other.x - other.width, 0)
        above = max(other.y - self.y - self.height, self.y - other.y - other.height, 0)
        return max(aside, above)

    def holds(self, other: "MapNode") -> bool:
        """Return whether the middle of the other one is inside."""
        middle_x, middle_y = other.x + other.width / 2, other.y + other.height / 2
        return 0 <= middle_x - self.x <= self.width and 0 <= middle_y - self.y <= self.height

    def distance(self, other: "MapNode") -> float:
        """Return the square of the distance between the middles."""
        aside = self.x + self.width / 2 - other.x - other.width / 2
        above = self.y + self.height / 2 - other.y - other.height / 2
        return aside * aside + above * above


@dataclass(frozen=True, slots=True)
class NodeText:
    """What a file beside the map says of a node."""

    summary: str = ""
    links: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Parent:
    """The topic of a step, and how it was found."""

    topic: str
    certainty: Certainty
    reason: str = ""


def read_nodes(graph: Json) -> list[MapNode]:
    """Return the nodes that have an id; the items of a checklist are nodes of their own."""
    nodes: list[MapNode] = []
    for value in _list(graph.get("nodes")):
        node = _read_node(_dict(value))
        if node is None:
            continue
        nodes.append(node)
        items = _list(_dict(_dict(value).get("data")).get("checklists"))
        for number, item in enumerate(_dict(item) for item in items):
            own = _text(item.get("id")) or f"{node.id}-{number}"
            nodes.append(
                MapNode(own, "checklist-item", _text(item.get("label")), node.x, node.y + 30 * number)
            )
    return nodes


def read_edges(graph: Json) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the dashed edges and the solid ones, as source and target."""
    dashed, solid = set[tuple[str, str]](), set[tuple[str, str]]()
    for edge in map(_dict, _list(graph.get("edges"))):
        ends = (_text(edge.get("source")), _text(edge.get("target")))
        is_solid = _text(_dict(edge.get("data")).get("edgeStyle")) == "solid"
        (solid if is_solid else dashed).add(ends)
    return dashed, solid


def _read_node(value: Json) -> MapNode | None:
    data, place, size = _dict(value.get("data")), _dict(value.get("position")), _dict(value.get("measured"))
    style = _dict(value.get("style"))
    own = _text(value.get("id"))
    if not own:
        return None
    return MapNode(
        own,
        _text(value.get("type")),
        _text(data.get("label")),
        _number(place.get("x")),
        _number(place.get("y")),
        _number(value.get("width") or size.get("width") or style.get("width")),
        _number(value.get("height") or size.get("height") or style.get("height")),
        _text(_dict(data.get("legend")).get("label")),
        _text(data.get("description")),
        tuple(_dict(link) for link in _list(data.get("links"))),
    )


def _number(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return max(-MAX_PLACE, min(MAX_PLACE, value)) if is_number else 0.0


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
