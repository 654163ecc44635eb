"""Files that are uploaded to be verified: their hashes, and the identifiers of reports in them."""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from roadmap.domain.canonical_json import canonical_json
from roadmap.domain.reports.issued import read_identifier

MAX_CODES = 5
MAX_JSON_BYTES = 4_194_304
MAX_STREAMS = 400
MOST_PACKED, MOST_UNPACKED = 262_144, 1_048_576

_CODE = rb"([0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2})(?![0-9A-Za-z-])"
_CARRIED = re.compile(rb'(?:verify\?id=|"identifier"\s{0,20}:\s{0,20}")' + _CODE)
_STREAM = re.compile(rb"stream\r?\n")


@dataclass(frozen=True, slots=True)
class PresentedFile:
    """What a file is verified by; the hashes are those of its bytes and, for JSON, of its values."""

    hashes: tuple[str, ...]
    codes: tuple[str, ...]


def read_presented_file(content: bytes) -> PresentedFile:
    """Return the hashes and identifiers of a file of any kind, also of a damaged one."""
    codes = _codes_in([content])
    if not codes and content.startswith(b"%PDF"):
        # A program that saves a PDF again may compress its links.
        codes = _codes_in(_unpacked(content))
    hashes = [sha256(content).hexdigest()]
    if codes and len(content) <= MAX_JSON_BYTES and (canonical := _canonical(content)):
        hashes.append(sha256(canonical).hexdigest())
    return PresentedFile(tuple(hashes), codes)


def _codes_in(parts: Iterable[bytes]) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for part in parts:
        for match in _CARRIED.finditer(part):
            code = read_identifier(match[1].decode("ascii"))
            if code is not None:
                codes.setdefault(code)
            if len(codes) == MAX_CODES:
                return tuple(codes)
    return tuple(codes)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield the contents of the first streams of a PDF, each up to a limit, so that the time is bounded."""
    for start in islice(_STREAM.finditer(content), MAX_STREAMS):
        packed = memoryview(content)[start.end() : start.end() + MOST_PACKED]
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(packed, MOST_UNPACKED)


def _canonical(content: bytes) -> bytes | None:
    """Return the JSON as it would have been issued, or None for anything that is not JSON."""
    try:
        return canonical_json(
            json.loads(content, object_pairs_hook=_without_repeats, parse_constant=_refuse_constant)
        )
    except (ValueError, RecursionError):
        return None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Programs differ in which of two equal names they read, so the content would be ambiguous.
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a name is there twice")
    return values


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
