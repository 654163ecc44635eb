"""Reads the text of a draft: a roadmap file in which texts, lists and new keys may still be missing."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pydantic import ValidationError

from roadmap.domain.roadmaps.outline_rules import Path
from roadmap.domain.roadmaps.outline_texts import make_key
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.imports.outline_problems import OutlineProblem, OutlineProblems, name_field
from roadmap.imports.outline_schema import RoadmapEntry
from roadmap.imports.outline_yaml import FileTree, load_yaml
from roadmap.imports.outlines import form_problems

_GAPS = {"missing", "string_too_short", "too_short"}
"""What a draft may lack until it is published."""
_GAP = "gap-of-the-draft"
_MILESTONE = {"key": _GAP, "title": _GAP, "done_when": [_GAP], "hours": [2, 4]}
_SKILL = {"key": _GAP, "title": _GAP, "milestones": [_MILESTONE]}
_FILLED: dict[str, Any] = {
    "format": 1,
    "hours": [2, 4],
    "done_when": [_GAP],
    "milestones": [_MILESTONE],
    "skills": [_SKILL],
    "areas": [{"key": _GAP, "title": _GAP, "skills": [_SKILL]}],
    "type": "docs",
    "group": "role",
    "url": "https://example.org",
}
_KINDS = {"areas": "area", "skills": "skill", "milestones": "milestone", "pathways": "pathway"}


def read_draft_text(text: str, *, slug: str) -> Outline:
    """Return the outline of a text, under the slug of its roadmap; new parts without a key get one.

    Raises OutlineProblems for what a draft can't be either: other fields, wrong types, too long texts.
    """
    tree = load_yaml(text.encode("utf-8", "replace"))
    if not isinstance(tree.data, dict):
        raise OutlineProblems([OutlineProblem(1, name_field(()), "must be a group of named fields")])
    tree.data["slug"] = slug
    errors = _errors(tree)
    wrong = [error for error in errors if error["type"] not in _GAPS or error["loc"][-1:] == ("url",)]
    if wrong or tree.problems:
        raise OutlineProblems([*tree.problems, *form_problems(wrong, tree)])
    for error in errors:
        _fill(tree.data, error["loc"])
    if errors := _errors(tree):
        raise OutlineProblems(form_problems(errors, tree))
    outline: Outline = _without_gaps(RoadmapEntry.model_validate(tree.data).outline())
    return outline


def _errors(tree: FileTree) -> list[Any]:
    try:
        RoadmapEntry.model_validate(tree.data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _fill(data: Any, path: Path) -> None:
    if isinstance(path[-1], int) and path[-2] != "done_when":
        path = path[:-1]
    *parents, name = path
    part = data
    for step in parents:
        part = part[step]
    if name == "key":
        kind = next(_KINDS[step] for step in reversed(parents) if step in _KINDS)
        part["key"] = make_key(str(part.get("title") or ""), set(_keys_in(data)), kind=kind)
    else:
        part[name] = _FILLED.get(str(name), _GAP)


def _keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "key" in value:
            yield str(value["key"])
        for inner in value.values():
            yield from _keys_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys_in(inner)


def _without_gaps(value: Any) -> Any:
    """Return a value without what stood in for gaps: empty texts, and lists without those parts."""
    if value == _GAP:
        return ""
    if isinstance(value, tuple):
        kept = (item for item in value if item != _GAP and getattr(item, "key", "") != _GAP)
        return tuple(_without_gaps(item) for item in kept)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(
        value, **{field.name: _without_gaps(getattr(value, field.name)) for field in fields(value)}
    )
