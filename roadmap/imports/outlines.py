"""Reads a roadmap file into an outline, or lists everything that is wrong with it.

Some files come with the software to begin a roadmap of one's own with; they are in no catalog.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from roadmap.domain.errors import NotFound
from roadmap.domain.roadmaps.outline_rules import Path, find_outline_faults
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.imports.outline_json import load_json
from roadmap.imports.outline_problems import (
    OutlineProblem,
    OutlineProblems,
    describe_error,
    find_line,
    name_field,
)
from roadmap.imports.outline_schema import RoadmapEntry, fields_beside
from roadmap.imports.outline_yaml import FileTree, load_yaml
from roadmap.paths import CONTENT, PACKAGE

__all__ = ["OutlineProblem", "OutlineProblems", "read_outline"]

# Fields that no rule looks at are filled in, so that one typing error does not hide the cycles of the file.
PLACEHOLDERS: dict[str, object] = {
    "format": 1,
    "slug": "x",
    "title": "x",
    "summary": "x",
    "description": "x",
    "done_when": ["x"],
    "hours": [1, 1],
    "url": "https://example.org",
    "type": "docs",
    "group": "entry",
}
OMISSIBLE = {"source", "verification", "prerequisites", "resources", "needs", "topics", "was", "access"}
TEMPLATES = {"skeleton": "An example with two milestones", "first-weeks": "First weeks in a team"}
_FILES = {
    "skeleton": CONTENT / "templates" / "skeleton.yaml",
    "first-weeks": PACKAGE / "demo" / "first-weeks.yaml",
}


def read_outline(data: bytes) -> Outline:
    """Return the outline of a file's bytes; raise OutlineProblems with everything that is wrong with it."""
    tree = load_json(data) or load_yaml(data)
    try:
        outline: Outline | None = RoadmapEntry.model_validate(tree.data).outline()
        errors: list[Any] = []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        outline = _mended(tree.data, errors)
    faults = find_outline_faults(outline) if outline else ()
    problems = [*tree.problems, *form_problems(errors, tree)]
    problems += [
        OutlineProblem(find_line(fault.path, tree.lines), name_field(fault.path), fault.message)
        for fault in faults
    ]
    if problems or outline is None:
        raise OutlineProblems(problems)
    return outline


def form_problems(errors: Iterable[Any], tree: FileTree) -> Iterator[OutlineProblem]:
    """Yield the problems behind errors of pydantic."""
    for error in errors:
        path = error["loc"]
        message = describe_error(error, fields=fields_beside(path))
        yield OutlineProblem(find_line(path, tree.lines), name_field(path), message)


def _mended(data: Any, errors: list[Any]) -> Outline | None:
    if not all(_mend(data, error) for error in errors):
        return None
    try:
        return RoadmapEntry.model_validate(data).outline()
    except ValidationError:
        return None


def _mend(data: Any, error: Any) -> bool:
    path: Path = error["loc"]
    while path and isinstance(path[-1], int):
        path = path[:-1]
    if not path:
        return False
    *parents, name = path
    for step in parents:
        data = data[step]
    if error["type"] == "extra_forbidden" or name in OMISSIBLE:
        data.pop(name, None)
    elif name in PLACEHOLDERS:
        data[name] = PLACEHOLDERS[name]
    else:
        return False
    return True


def read_template(name: str) -> Outline:
    """Return a template by its name; raise NotFound for another name."""
    if name not in _FILES:
        raise NotFound("There is no such template.")
    return read_outline(_FILES[name].read_bytes())
