"""An outline as one JSON text, as drafts are stored with their gaps, and the hash of an outline."""

import hashlib
import json
import types
import typing
from dataclasses import asdict, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from roadmap.domain.roadmaps.outlines import LATER_FIELD, Outline


def write_document(outline: Outline) -> str:
    return json.dumps(asdict(outline), ensure_ascii=False, separators=(",", ":"))


def read_document(text: str) -> Outline:
    """Return the outline that `write_document` wrote; fields that came later have their default."""
    outline: Outline = read_value(Outline, json.loads(text))
    return outline


def read_value(kind: Any, value: Any) -> Any:
    """Return a JSON value as a dataclass, a tuple, an enumeration or what it is."""
    if value is None:
        return None
    origin = typing.get_origin(kind)
    if origin is types.UnionType:
        kind = next(choice for choice in typing.get_args(kind) if choice is not types.NoneType)
        origin = typing.get_origin(kind)
    if origin is tuple:
        kinds = typing.get_args(kind)
        inner = [kinds[0]] * len(value) if kinds[-1] is Ellipsis else kinds
        return tuple(read_value(*pair) for pair in zip(inner, value, strict=True))
    if isinstance(kind, type) and is_dataclass(kind):
        known = _kinds(kind)
        return kind(
            **{name: read_value(known[name], inner) for name, inner in value.items() if name in known}
        )
    return kind(value) if isinstance(kind, type) and issubclass(kind, StrEnum) else value


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def hash_outline(outline: Outline) -> str:
    """Return the SHA-256 of the whole outline in hex.

    A later field counts only where it differs from its default, so that an edition that was published before
    the field existed keeps its hash.
    """
    return hashlib.sha256(json.dumps(_hashed_values(outline), sort_keys=True).encode()).hexdigest()


def _hashed_values(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_hashed_values(item) for item in value]
    if not is_dataclass(value):
        return value
    values = {field: getattr(value, field.name) for field in fields(value)}
    return {
        field.name: _hashed_values(part)
        for field, part in values.items()
        if field.metadata != LATER_FIELD or part != field.default
    }
