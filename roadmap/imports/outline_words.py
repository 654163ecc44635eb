"""Says in plain words what a model found wrong with a value of a roadmap file."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from roadmap.domain.outline_rules import Path
from roadmap.imports.outline_schema import PARTS, RoadmapEntry

NUMBER = "must be a number such as 6 or 2.5, without quotes"
CHOICE = "must be {expected}"
WORDS = {
    "missing": "is missing",
    "string_type": "must be a text",
    "string_too_short": "must not be empty",
    "string_too_long": "is longer than {max_length} characters",
    "string_pattern_mismatch": "must be lower-case words joined by hyphens, like train-first-classifier",
    "list_type": "must be a list; leave the field out if there is nothing to list",
    "model_type": "must be a group of named fields",
    "bool_type": "must be true or false, without quotes",
    "int_type": "must be a whole number, without quotes",
    "float_type": NUMBER,
    "too_short": "needs {min_length} or more entries and has {actual_length}",
    "too_long": "has {actual_length} entries; {max_length} at most",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than_equal": "must be {le:g} or less",
    "multiple_of": "must be in steps of half an hour, such as 2 or 2.5",
    "literal_error": CHOICE,
    "enum": CHOICE,
    "value_error": "{error}",
}


def say_what_is_wrong(error: Mapping[str, Any]) -> str:
    """Return one message for one of pydantic's errors, with what was typed where that helps."""
    kind, path = error["type"], error["loc"]
    if kind == "extra_forbidden":
        return f"there is no such field here{_suggestion(path)}"
    if kind == "string_pattern_mismatch" and path[-1] == "url":
        return "must begin with http:// or https://"
    message: str = WORDS.get(kind, error["msg"]).format(**error.get("ctx", {}))
    return message + _typed(error["input"])


def _typed(value: object) -> str:
    if not isinstance(value, str | int | float) or not str(value).strip():
        return ""
    text = str(value)
    return f", not '{text}'" if len(text) <= 40 and text.isprintable() else ""


def _suggestion(path: Path) -> str:
    names = [step for step in path[:-1] if isinstance(step, str)]
    part = PARTS[names[-1]] if names else RoadmapEntry
    close = get_close_matches(str(path[-1]), part.model_fields, n=1)
    return f"; did you mean '{close[0]}'?" if close else f"; there are {', '.join(part.model_fields)}"
