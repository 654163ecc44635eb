"""Turns the topics of a roadmap.sh map and their steps into rows."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from roadmap.domain.imports.import_rows import Certainty, RowLevel
from roadmap.domain.imports.row_builder import RowBuilder, make_resource
from roadmap.domain.roadmaps.outlines import ResourceOutline, ResourceType
from roadmap.imports.foreign.roadmapsh_areas import AreaRun
from roadmap.imports.foreign.roadmapsh_nodes import MapNode, Parent

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
_NO_STEPS = "this topic has no steps, so it becomes one"
_ONE_OF = "the map calls it an alternative: is one of these enough?"


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
