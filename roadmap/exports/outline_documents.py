"""Writes an outline as a roadmap file that people can read, and that reads back as the same outline."""

import re
from collections.abc import Iterable
from typing import Any

import yaml

from roadmap.domain.roadmaps.outlines import (
    AreaOutline,
    MilestoneOutline,
    Outline,
    PathwayOutline,
    ResourceOutline,
    SkillOutline,
    VerificationMode,
)
from roadmap.domain.roadmaps.pathway_groups import GroupChoice, GroupOutline

WIDTH = 110
# What PyYAML writes without quotes, though other readers of YAML 1.1 or 1.2 take it for a number or a truth.
_NO_TEXT_ELSEWHERE = re.compile(
    r"[yYnN]|[-+]?0o?[0-7]+|0x[0-9a-f]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)(e[-+]?[0-9]+)?", re.IGNORECASE
)

Fields = dict[str, Any]


class OneLine(list[Any]):
    """A list that stays on one line: `[6, 10]`."""


class FileDumper(yaml.SafeDumper):
    """Indents lists under their name, and writes texts of several lines as blocks."""

    def increase_indent(self, flow: bool = False, *_: object, **__: object) -> None:
        """Indent lists too, which YAML would leave flush with their name."""
        super().increase_indent(flow, indentless=False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else "'" if _NO_TEXT_ELSEWHERE.fullmatch(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_line(dumper: yaml.SafeDumper, values: OneLine) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=True)


FileDumper.add_representer(str, _represent_text)
FileDumper.add_representer(OneLine, _represent_line)


def write_outline(outline: Outline) -> bytes:
    """Return the file of an outline, UTF-8, without fields that have their default."""
    fields = outline_fields(outline)
    text = yaml.dump(fields, Dumper=FileDumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text.encode()


def outline_fields(outline: Outline) -> Fields:
    """Return what a roadmap file says, as plain values, without fields that have their default."""
    return {
        "format": 1,
        "slug": outline.slug,
        "title": outline.title,
        "summary": outline.summary,
        **_if_set("description", outline.description),
        **_if_set("source", outline.source),
        **_if_set("language", outline.language),
        **_if_set("groups", [_group(group) for group in outline.groups]),
        **_if_set("pathways", [_pathway(pathway) for pathway in outline.pathways]),
        "areas": [_area(area) for area in outline.areas],
    }


def _if_set(name: str, value: object) -> Fields:
    return {name: value} if value else {}


def _group(group: GroupOutline) -> Fields:
    is_one = group.choose is GroupChoice.ONE
    return {
        "key": str(group.key),
        "title": group.title,
        "question": group.question,
        **_if_set("choose", group.choose.value if is_one else ""),
    }


def _pathway(pathway: PathwayOutline) -> Fields:
    return {
        "key": pathway.key,
        "group": str(pathway.group),
        "title": pathway.title,
        **_if_set("summary", pathway.summary),
        "skills": OneLine(pathway.skills),
    }


def _area(area: AreaOutline) -> Fields:
    skills = [_skill(skill) for skill in area.skills]
    return {"key": area.key, "title": area.title, **_if_set("summary", area.summary), "skills": skills}


def _skill(skill: SkillOutline) -> Fields:
    return {
        "key": skill.key,
        "title": skill.title,
        **_if_set("summary", skill.summary),
        **_if_set("source", skill.source),
        **_if_set("optional", skill.optional),
        **_if_set("needs", skill.needs),
        **_if_set("was", _was(skill.was)),
        **_if_set("same_as", _was(skill.same_as)),
        "milestones": [_milestone(milestone) for milestone in skill.milestones],
    }


def _milestone(milestone: MilestoneOutline) -> Fields:
    by_self = milestone.verification is VerificationMode.SELF
    return {
        "key": milestone.key,
        "title": milestone.title,
        **_if_set("summary", milestone.summary),
        "done_when": list(milestone.done_when),
        "hours": OneLine(_whole_hours([milestone.hours_low, milestone.hours_high])),
        **_if_set("optional", milestone.optional),
        **_if_set("verification", milestone.verification.value if by_self else ""),
        **_if_set("prerequisites", OneLine(milestone.prerequisites)),
        **_if_set("topics", OneLine(milestone.topics)),
        **_if_set("was", _was(milestone.was)),
        **_if_set("same_as", _was(milestone.same_as)),
        **_if_set("resources", [_resource(resource) for resource in milestone.resources]),
    }


def _whole_hours(hours: Iterable[float]) -> list[float]:
    # 6 reads better than 6.0, and is the same number when it comes back.
    return [int(value) if float(value).is_integer() else float(value) for value in hours]


def _resource(resource: ResourceOutline) -> Fields:
    access = resource.access.value if resource.access else ""
    return {
        "title": resource.title,
        "url": resource.url,
        "type": resource.type.value,
        **_if_set("access", access),
    }


def _was(keys: tuple[str, ...]) -> str | OneLine:
    return keys[0] if len(keys) == 1 else OneLine(keys)
