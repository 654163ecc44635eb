"""Reads a map of roadmap.sh: topics with the steps around them, found by edges and by distance."""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from roadmap.domain.imports.import_rows import MAX_ROWS, Certainty, ImportedFile, RowLevel, UnreadableFile
from roadmap.domain.imports.row_builder import RowBuilder, make_resource
from roadmap.domain.roadmaps.outlines import ResourceOutline, ResourceType
from roadmap.domain.roadmaps.text_limits import fit_line
from roadmap.imports.foreign.roadmapsh_nodes import MAX_NODES, MapNode, read_edges, read_nodes

GAPS = (6, 16, 30)
_OPTIONAL = re.compile(r"optional|any ?time|not strict", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"alternative|pick", re.IGNORECASE)
_SLUG = re.compile(r"[^a-z0-9]+")
_TYPES = {
    "course": ResourceType.COURSE,
    "video": ResourceType.COURSE,
    "podcast": ResourceType.COURSE,
    "book": ResourceType.BOOK,
    "opensource": ResourceType.TOOL,
}
LICENCE = "roadmap.sh allows personal use only"


@dataclass(frozen=True, slots=True)
class Parent:
    """The topic of a step, and how it was found."""

    topic: str
    certainty: Certainty
    reason: str = ""


def read_roadmapsh(graph: dict[str, Any], *, title: str) -> ImportedFile:
    """Return the rows of a map; raises UnreadableFile for one without topics or with too many nodes."""
    if len(graph["nodes"]) > MAX_ROWS:
        raise UnreadableFile(f"This map has {len(graph['nodes']):,} nodes; {MAX_NODES} at most.")
    nodes = read_nodes(graph)
    topics = [node for node in nodes if node.kind == "topic"]
    steps = [node for node in nodes if node.kind in {"subtopic", "todo", "checklist-item"}]
    if not topics and not steps:
        raise UnreadableFile("This map has no topics. Only maps of nodes are read, not old mock-ups.")
    if len(nodes) > MAX_NODES:
        raise UnreadableFile(f"This map has {len(nodes):,} nodes; {MAX_NODES} at most.")
    named = next((node.label for node in nodes if node.kind == "title"), "")
    name = fit_line(str(graph.get("title") or "")) if isinstance(graph.get("title"), str) else ""
    title = name or fit_line(named) or title
    builder = RowBuilder()
    dashed, solid = read_edges(graph)
    parents = find_parents(topics, steps, nodes, dashed | solid)
    _add_rows(builder, _in_order(topics, solid), steps, parents, title)
    for node in nodes:
        if node not in topics and node not in steps and node.kind != "title":
            builder.leave_out(f"nodes of the kind “{node.kind[:30]}”, which draw lines and notes")
    return ImportedFile(
        "roadmap.sh map",
        title,
        tuple(builder.rows),
        left_out=builder.left_out,
        source="roadmap.sh",
        licence=LICENCE,
        is_restricted=True,
    )


def find_parents(
    topics: Sequence[MapNode],
    steps: Sequence[MapNode],
    nodes: Sequence[MapNode],
    edges: set[tuple[str, str]],
) -> dict[str, Parent]:
    """Return the topic of each step: by an edge, else by a box or by touching, else the nearest one."""
    found = {topic.id: Parent(topic.id, Certainty.SURE) for topic in topics}
    _follow_edges(found, {step.id for step in steps}, edges)
    placed = [*topics, *steps]
    for box in (node for node in nodes if node.kind == "section" and node.width and node.height):
        inside = [node for node in placed if box.holds(node)]
        known = next((found[node.id] for node in (box, *inside) if node.id in found), None)
        for node in inside:
            if known and node.id not in found:
                found[node.id] = Parent(
                    known.topic, Certainty.LIKELY, "it is in one box with a step of this topic"
                )
    for gap in GAPS:
        _touch(found, placed, gap)
    for step in steps:
        if step.id not in found and topics:
            nearest = min(topics, key=step.distance)
            why = "no line joins it to a topic; this is the nearest"
            found[step.id] = Parent(nearest.id, Certainty.GUESS, why)
    return found


def _follow_edges(found: dict[str, Parent], steps: set[str], edges: Iterable[tuple[str, str]]) -> None:
    beside: dict[str, list[str]] = {}
    for source, target in sorted(edges):
        beside.setdefault(source, []).append(target)
        beside.setdefault(target, []).append(source)
    queue = deque(found)
    while queue:
        node = queue.popleft()
        for other in beside.get(node, ()):
            if other in steps and other not in found:
                found[other] = Parent(found[node].topic, Certainty.SURE)
                queue.append(other)


def _touch(found: dict[str, Parent], placed: Sequence[MapNode], gap: int) -> None:
    queue = deque(node for node in placed if node.id in found)
    left = [node for node in placed if node.id not in found]
    while queue and left:
        node = queue.popleft()
        near = [other for other in left if node.gap(other) <= gap]
        for other in near:
            found[other.id] = Parent(
                found[node.id].topic, Certainty.LIKELY, "it touches a step of this topic"
            )
        queue.extend(near)
        left = [other for other in left if other.id not in found]


def _in_order(topics: Sequence[MapNode], solid: set[tuple[str, str]]) -> list[MapNode]:
    """Return the topics along the solid lines, and from top to bottom where there are none."""
    by_id = {topic.id: topic for topic in sorted(topics, key=lambda topic: (topic.y, topic.x))}
    before: dict[str, list[str]] = {name: [] for name in by_id}
    for source, target in sorted(solid):
        if source in by_id and target in by_id:
            before[target].append(source)
    try:
        return [by_id[name] for name in TopologicalSorter(before).static_order()]
    except CycleError:
        return list(by_id.values())


def _add_rows(
    builder: RowBuilder,
    topics: Sequence[MapNode],
    steps: Sequence[MapNode],
    parents: dict[str, Parent],
    title: str,
) -> None:
    area = builder.add(RowLevel.AREA, title)
    builder.guess(area or 0, Certainty.LIKELY, "a map has no areas that can be told for sure")
    slug = _SLUG.sub("-", title.lower()).strip("-")
    for topic in topics:
        skill = builder.add(RowLevel.SKILL, topic.label, parent=area, key=f"roadmapsh:{slug}:{topic.id}")
        own = sorted((s for s in steps if parents[s.id].topic == topic.id), key=lambda step: (step.y, step.x))
        if not own:
            number = builder.add(RowLevel.MILESTONE, topic.label, parent=skill, **_fields(topic))
            builder.guess(number or 0, Certainty.LIKELY, "this topic has no steps, so it is one itself")
        for step in own:
            parent = parents[step.id]
            doubt, wording = (parent.certainty, parent.reason)
            if _ALTERNATIVE.search(step.legend):
                doubt, wording = (
                    Certainty.GUESS,
                    "the map calls it an alternative: does one of these suffice?",
                )
            fields = _fields(step) | {"certainty": doubt, "reason": wording}
            builder.add(
                RowLevel.MILESTONE, step.label, parent=skill, key=f"roadmapsh:{slug}:{step.id}", **fields
            )


def _fields(node: MapNode) -> dict[str, Any]:
    return {
        "is_optional": bool(_OPTIONAL.search(node.legend)),
        "summary": node.description,
        "resources": tuple(filter(None, (_resource(link) for link in node.links))),
    }


def _resource(link: dict[str, Any]) -> ResourceOutline | None:
    resource = make_resource(str(link.get("title", "")), str(link.get("url", "")))
    kind = _TYPES.get(str(link.get("type", "")), ResourceType.DOCS)
    return ResourceOutline(resource.title, resource.url, kind) if resource else None
