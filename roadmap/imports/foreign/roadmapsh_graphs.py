"""Reads a map of roadmap.sh: topics with the steps around them, found by edges and by distance."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from roadmap.domain.imports.import_rows import MAX_ROWS, Certainty, ImportedFile, RowBuilder, UnreadableFile
from roadmap.domain.roadmaps.outline_texts import fit_line
from roadmap.imports.foreign.roadmapsh_nodes import (
    MAX_NODES,
    Json,
    MapNode,
    NodeText,
    Parent,
    read_edges,
    read_nodes,
)
from roadmap.imports.foreign.roadmapsh_rows import add_topics, find_runs

GAPS = (6, 16, 30)
LICENCE = "roadmap.sh allows personal use only"


def graph_in(value: Any) -> Json | None:
    """Return the object with the nodes of a map, which may be wrapped as a draft; None for other values."""
    draft = value.get("draft") if isinstance(value, dict) else None
    inner = draft if isinstance(draft, dict) else value
    return inner if isinstance(inner, dict) and isinstance(inner.get("nodes"), list) else None


def read_roadmapsh(graph: Json, *, title: str, texts: Mapping[str, NodeText] | None = None) -> ImportedFile:
    """Return the rows of a map; `texts` are those of its nodes by their id, where files came with it.

    Raises UnreadableFile for a map without topics or with too many nodes.
    """
    if len(graph["nodes"]) > MAX_ROWS:
        raise UnreadableFile(f"This map has {len(graph['nodes']):,} nodes. The limit is {MAX_NODES}.")
    nodes = [_with_text(node, texts or {}) for node in read_nodes(graph)]
    topics = [node for node in nodes if node.kind == "topic"]
    steps = [node for node in nodes if node.kind in {"subtopic", "todo", "checklist-item"}]
    if not topics and not steps:
        raise UnreadableFile("This map has no topics. Only maps made of nodes can be read, not old mock-ups.")
    if len(nodes) > MAX_NODES:
        raise UnreadableFile(f"This map has {len(nodes):,} nodes. The limit is {MAX_NODES}.")
    named = next((node.label for node in nodes if node.kind == "title"), "")
    name = fit_line(str(graph.get("title") or "")) if isinstance(graph.get("title"), str) else ""
    title = name or fit_line(named) or title
    builder = RowBuilder()
    dashed, solid = read_edges(graph)
    others = [node for node in nodes if node not in steps and node.kind not in {"topic", "title"}]
    runs = find_runs(_in_order(topics, solid), steps, others)
    add_topics(builder, runs, steps, find_parents(topics, steps, nodes, dashed | solid), title)
    headings = [run.heading for run in runs]
    for node in others:
        if node not in headings:
            builder.leave_out(f"nodes of type “{node.kind[:30]}”, which are only lines and notes")
    unknown = len((texts or {}).keys() - {node.id for node in nodes})
    builder.leave_out("texts of topics that aren’t on the map", unknown)
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
    topics: Sequence[MapNode], steps: Sequence[MapNode], nodes: Sequence[MapNode], edges: set[tuple[str, str]]
) -> dict[str, Parent]:
    """Return the topic of each step: by an edge, else by a box or by touching, else the nearest one."""
    parents = {topic.id: Parent(topic.id, Certainty.SURE) for topic in topics}
    _follow_edges(parents, {step.id for step in steps}, edges)
    placed = [*topics, *steps]
    for box in (node for node in nodes if node.kind == "section" and node.width and node.height):
        inside = [node for node in placed if box.holds(node)]
        known = next((parents[node.id] for node in (box, *inside) if node.id in parents), None)
        for node in inside:
            if known and node.id not in parents:
                parents[node.id] = Parent(
                    known.topic, Certainty.LIKELY, "it shares a box with a step of this topic"
                )
    for gap in GAPS:
        _touch(parents, placed, gap)
    for step in steps:
        if step.id not in parents and topics:
            nearest = min(topics, key=step.distance)
            why = "no line connects it to a topic; this is the nearest one"
            parents[step.id] = Parent(nearest.id, Certainty.GUESS, why)
    return parents


def _follow_edges(parents: dict[str, Parent], steps: set[str], edges: Iterable[tuple[str, str]]) -> None:
    beside: dict[str, list[str]] = {}
    for source, target in sorted(edges):
        beside.setdefault(source, []).append(target)
        beside.setdefault(target, []).append(source)
    queue = deque(parents)
    while queue:
        node = queue.popleft()
        for other in beside.get(node, ()):
            if other in steps and other not in parents:
                parents[other] = Parent(parents[node].topic, Certainty.SURE)
                queue.append(other)


def _touch(parents: dict[str, Parent], placed: Sequence[MapNode], gap: int) -> None:
    queue = deque(node for node in placed if node.id in parents)
    left = [node for node in placed if node.id not in parents]
    while queue and left:
        node = queue.popleft()
        near = [other for other in left if node.gap(other) <= gap]
        for other in near:
            parents[other.id] = Parent(
                parents[node.id].topic, Certainty.LIKELY, "it touches a step of this topic"
            )
        queue.extend(near)
        left = [other for other in left if other.id not in parents]


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


def _with_text(node: MapNode, texts: Mapping[str, NodeText]) -> MapNode:
    """Return a node with what its file says; the map's own words go first."""
    text = texts.get(node.id)
    if text is None:
        return node
    links = {str(link.get("url", "")): link for link in (*node.links, *text.links)}
    return replace(node, description=node.description or text.summary, links=tuple(links.values()))
