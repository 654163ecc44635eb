"""Turns the topics of a roadmap.sh map and their steps into rows; the areas are guessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roadmap.domain.imports.import_rows import Certainty, RowBuilder, RowLevel, make_resource
from roadmap.domain.roadmaps.outlines import ResourceOutline, ResourceType
from roadmap.imports.foreign.roadmapsh_nodes import MapNode, Parent

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
_NO_STEPS = "this topic has no steps and becomes one itself"
_ONE_OF = "the map calls it an alternative, so one of these may be enough"


def add_topics(
    builder: RowBuilder,
    runs: Sequence[AreaRun],
    steps: Sequence[MapNode],
    parents: Mapping[str, Parent],
    title: str,
) -> None:
    """Add an area for each run of topics, a skill for each topic, and a milestone for each of its steps."""
    prefix = f"roadmapsh:{_SLUG.sub('-', title.lower()).strip('-')}"
    for run in runs:
        name, certainty, reason = _area(run, title)
        area = builder.add(RowLevel.AREA, name, certainty=certainty, reason=reason)
        for topic in run.topics:
            skill = builder.add(RowLevel.SKILL, topic.label, parent=area, key=f"{prefix}:{topic.id}")
            own = [step for step in steps if parents[step.id].topic == topic.id]
            if own:
                for step in sorted(own, key=lambda step: (step.y, step.x)):
                    _add_step(builder, step, parents[step.id], skill, f"{prefix}:{step.id}")
            else:
                doubt = {"certainty": Certainty.LIKELY, "reason": _NO_STEPS}
                builder.add(RowLevel.MILESTONE, topic.label, parent=skill, **_fields(topic) | doubt)


def _area(run: AreaRun, title: str) -> tuple[str, Certainty, str]:
    if run.heading is None:
        return title, Certainty.LIKELY, "a map doesn’t clearly mark its areas"
    return run.heading.label, Certainty.GUESS, "this text is near the topics below it"


def _add_step(builder: RowBuilder, step: MapNode, parent: Parent, skill: int | None, key: str) -> None:
    doubt = {"certainty": parent.certainty, "reason": parent.reason}
    if _ALTERNATIVE.search(step.legend):
        doubt = {"certainty": Certainty.GUESS, "reason": _ONE_OF}
    builder.add(RowLevel.MILESTONE, step.label, parent=skill, key=key, **_fields(step) | doubt)


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
