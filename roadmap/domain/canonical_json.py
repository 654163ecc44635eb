"""Canonical JSON, the same bytes for the same values, and values compared however they are written."""

import json
from decimal import Decimal
from typing import Any


def canonical_json(values: object) -> bytes:
    """Return UTF-8 JSON with sorted keys, no spaces, and a final line break; raise ValueError for NaN."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()


def read_exact_json(content: bytes) -> Any:
    """Return the values of JSON with every digit of its numbers; raise ValueError for anything else."""
    try:
        return json.loads(
            content, object_pairs_hook=_without_repeats, parse_constant=_refuse_constant, parse_float=Decimal
        )
    except (ArithmeticError, RecursionError) as error:
        raise ValueError("a number or the nesting exceeds the limit") from error


def are_same_values(one: object, other: object) -> bool:
    """Return whether two values read by `read_exact_json` are equal: 13 and 13.0 are, 1 and true are not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(are_same_values(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(are_same_values, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Programs differ in which of two equal names they read, so the content would be ambiguous.
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a name appears twice")
    return values


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
