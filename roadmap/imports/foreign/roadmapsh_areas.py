"""Guesses the areas of a roadmap.sh map: the texts and boxes near a run of topics."""

from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.imports.foreign.roadmapsh_nodes import MapNode

BOX = "section"
HEADINGS = {BOX, "label", "paragraph"}
MAX_HEADING = 80
NEAR = 120
SHORTEST_RUN = 2


@dataclass(frozen=True, slots=True)
class AreaRun:
    """Topics that follow each other below one heading; None where nothing is written near them."""

    heading: MapNode | None
    topics: tuple[MapNode, ...]


def find_runs(
    topics: Sequence[MapNode], steps: Sequence[MapNode], others: Sequence[MapNode]
) -> list[AreaRun]:
    """Return the topics in their order as runs; `others` are the nodes that are neither topics nor steps.

    A heading is a short text: of a box around topics, or right above a topic and nearer to it than to any
    step. The run of a text goes on until the next heading. A heading of a single topic is a note, and the
    topic stays in the run before.
    """
    starts = _starts(topics, steps, others)
    runs: dict[str, tuple[MapNode | None, list[MapNode]]] = {}
    current: MapNode | None = None
    for topic in topics:
        if topic.id in starts:
            current = starts[topic.id]
        elif current is not None and current.kind == BOX:
            current = None
        runs.setdefault(current.id if current else "", (current, []))[1].append(topic)
    merged: list[tuple[MapNode | None, list[MapNode]]] = []
    for heading, members in runs.values():
        if len(members) >= SHORTEST_RUN or not merged:
            merged.append((heading if len(members) >= SHORTEST_RUN else None, members))
        else:
            merged[-1][1].extend(members)
    return [AreaRun(heading, tuple(members)) for heading, members in merged]


def _starts(
    topics: Sequence[MapNode], steps: Sequence[MapNode], others: Sequence[MapNode]
) -> dict[str, MapNode]:
    """Return the heading of each topic that is in a box, and of those at which a run starts."""
    starts: dict[str, MapNode] = {}
    for heading in others:
        if heading.kind not in HEADINGS or not 0 < len(heading.label) <= MAX_HEADING:
            continue
        inside = [topic for topic in topics if heading.kind == BOX and heading.holds(topic)]
        if inside:
            starts |= {topic.id: heading for topic in inside if topic.id not in starts}
            continue
        below = [topic for topic in topics if heading.y <= topic.y and heading.gap(topic) <= NEAR]
        nearest = min(below, key=heading.gap, default=None)
        if nearest and all(heading.gap(nearest) <= heading.gap(step) for step in steps):
            starts.setdefault(nearest.id, heading)
    return starts
