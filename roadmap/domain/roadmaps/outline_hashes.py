"""The content hash of an outline, which says whether an edition would differ from the one before."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import Any

from roadmap.domain.roadmaps.outlines import LATER_FIELD, Outline


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
