"""The one way to write values as JSON, so that the same values are the same bytes and can be hashed."""

import json


def canonical_json(values: object) -> bytes:
    """UTF-8 with sorted keys, no spaces between tokens, no NaN, and a line break at the end."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()
