"""Loads JSON that another program wrote, as plain values."""

import json
from typing import Any

from roadmap.domain.imports.import_rows import UnreadableFile
from roadmap.imports.trees import MAX_DEPTH

MAX_NUMBER = 20


def load_foreign_json(text: str) -> Any:
    """Return the values of a JSON text.

    Raises UnreadableFile for what is not JSON, for a name that is twice in an object, and for deep nesting.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_int=_number, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"This is not valid JSON: {error.msg} on line {error.lineno}.") from error
    except RecursionError as error:
        raise UnreadableFile("This is nested too deeply.") from error
    _check_depth(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableFile(
            f"The name “{twice[:60]}” appears twice in one object, so it isn’t clear which is meant."
        )
    return values


def _number(digits: str) -> int:
    if len(digits) > MAX_NUMBER:
        raise UnreadableFile("It has a number with too many digits.")
    return int(digits)


def _no_number(name: str) -> None:
    """Read NaN and Infinity as nothing."""


def _check_depth(value: Any) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > 2 * MAX_DEPTH:
            raise UnreadableFile(f"This is nested deeper than {2 * MAX_DEPTH} levels.")
        level = [
            inner
            for outer in level
            for inner in (
                outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ()
            )
            if isinstance(inner, dict | list)
        ]
