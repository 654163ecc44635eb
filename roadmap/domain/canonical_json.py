"""Canonical JSON, the same bytes for the same values, for everything that is hashed."""

import json


def canonical_json(values: object) -> bytes:
    """Return UTF-8 JSON with sorted keys, no spaces, and a final line break; raise ValueError for NaN."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()
