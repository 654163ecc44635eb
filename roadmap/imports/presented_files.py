"""Files that are uploaded to be verified: their hash, values, and identifiers of reports."""

import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from roadmap.domain.canonical_json import read_exact_json
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
    """What a file is verified by: the hash of its bytes, its identifiers and, for JSON, its values."""

    hash: str
    codes: tuple[str, ...]
    values: Any = None


def read_presented_file(content: bytes) -> PresentedFile:
    """Return the hash, identifiers and values of a file of any kind, also of a damaged one."""
    codes, values = _codes_in([content]), None
    if content.startswith(b"%PDF"):
        # A program that saves a PDF again may compress its links.
        codes = codes or _codes_in(_unpacked(content))
    elif len(content) <= MAX_JSON_BYTES:
        with suppress(ValueError):
            values = read_exact_json(content)
            # Programs may write the letters of an identifier as escapes, or the file in UTF-16.
            codes = codes or _code_of(values)
    return PresentedFile(sha256(content).hexdigest(), codes, values)


def _code_of(values: Any) -> tuple[str, ...]:
    """Return the identifier in the seal of a report, if there is one."""
    seal = values.get("issued") if isinstance(values, dict) else None
    identifier = seal.get("identifier") if isinstance(seal, dict) else None
    code = read_identifier(identifier) if isinstance(identifier, str) else None
    return (code,) if code else ()


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
