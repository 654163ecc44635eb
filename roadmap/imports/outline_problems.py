"""Problems of a roadmap file: where each one is, and a message for the person who has to fix it."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from roadmap.domain.errors import RoadmapError
from roadmap.domain.roadmaps.outline_rules import Path

NUMBER = "must be a number such as 6 or 2.5, without quotes"
CHOICE = "must be {expected}"
MESSAGES = {
    "missing": "is missing",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "string_too_long": "is longer than {max_length} characters",
    "string_pattern_mismatch": "must be lowercase words joined by hyphens, like train-first-classifier",
    "list_type": "must be a list; leave the field out if there is nothing to list",
    "model_type": "must be a group of named fields",
    "bool_type": "must be true or false, without quotes",
    "int_type": "must be a whole number, without quotes",
    "float_type": NUMBER,
    "too_short": "needs {min_length} or more entries and has {actual_length}",
    "too_long": "has {actual_length} entries; the limit is {max_length}",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than_equal": "must be {le:g} or less",
    "multiple_of": "must be in steps of half an hour, such as 2 or 2.5",
    "literal_error": CHOICE,
    "enum": CHOICE,
    "value_error": "{error}",
}


@dataclass(frozen=True, slots=True, order=True)
class OutlineProblem:
    """One thing to fix; `line` counts from 1, `field` is a path such as `areas[0].skills[2].needs`."""

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.field}: {self.message}"


class OutlineProblems(RoadmapError):
    """A roadmap file was refused; `problems` holds everything that is wrong, in the order of its lines."""

    def __init__(self, problems: Iterable[OutlineProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def name_field(path: Path) -> str:
    """Return a path as people read it; the whole file is `file`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "file"


def find_line(path: Path, lines: Mapping[Path, int]) -> int:
    """Return the line of a value, or of the nearest part around it that is in the file."""
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 1)


def describe_error(error: Mapping[str, Any], *, fields: Collection[str]) -> str:
    """Return a message for one of pydantic's errors, with the typed value where that helps.

    `fields` are the names that the part of the file around the value may have.
    """
    kind, path = error["type"], error["loc"]
    if kind == "extra_forbidden":
        return f"there is no such field here{_suggestion(str(path[-1]), fields)}"
    if kind == "string_pattern_mismatch" and "same_as" in path:
        return "must be slug/key of a roadmap here, or an address that begins with https://"
    if kind == "string_pattern_mismatch" and path[-1] == "language":
        return "must be a language tag such as de, pt-BR or zh-Hans"
    if kind == "string_pattern_mismatch" and path[-1] == "url":
        return "must begin with http:// or https://"
    if kind == "list_type" and path[-1] == "hours":
        return f"must be [low, high], such as [3, 5]{_typed(error['input'])}"
    message: str = MESSAGES.get(kind, error["msg"]).format(**error.get("ctx", {}))
    if kind in {"literal_error", "enum"}:
        message = re.sub(r"'([^']*)'", r"“\1”", message)
    return message + _typed(error["input"])


def _typed(value: object) -> str:
    if not isinstance(value, str | int | float) or not str(value).strip():
        return ""
    text = str(value)
    return f", not “{text}”" if len(text) <= 40 and text.isprintable() else ""


def _suggestion(name: str, fields: Collection[str]) -> str:
    close = get_close_matches(name, fields, n=1)
    return f"; did you mean “{close[0]}”?" if close else f"; there are {', '.join(fields)}"
