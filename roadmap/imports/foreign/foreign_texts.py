"""The text of a file that any program may have written, and its values where it is JSON."""

import codecs
import json
from typing import Any

from roadmap.domain.imports.import_rows import UnreadableFile
from roadmap.imports.trees import MAX_DEPTH, nested_levels

MAX_BYTES = 2 * 1024 * 1024
MAX_NUMBER = 20
_BINARY = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
_OFFICE = "This is a workbook or a document, not text. Copy its cells and paste them here, or save it as CSV."
_SAMPLE = 4_000


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: UTF-8, UTF-16 or Windows-1252.

    Raises UnreadableFile for what is empty, too large or no text.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile("This is larger than 2 MB, which is the limit. Import it in parts.")
    if data.startswith(_BINARY):
        raise UnreadableFile(_OFFICE if data.startswith((b"PK", b"\xd0\xcf")) else "This isn’t a text file.")
    text, encoding = _decode(data)
    if "\0" in text:
        raise UnreadableFile("This has NUL characters, so it isn’t a text file.")
    if not text.strip():
        raise UnreadableFile("This is empty. Paste a list or a table, or choose a file.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decode(data: bytes) -> tuple[str, str]:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), "UTF-16"
        if order := _order_of_utf_16(data):
            return data.decode(order), "UTF-16"
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def _order_of_utf_16(data: bytes) -> str:
    """Return which half of UTF-16 without a mark has the zeros of Latin letters; empty for other files."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 4
    return "utf-16-le" if odd > half and not even else "utf-16-be" if even > half and not odd else ""


def load_foreign_json(text: str) -> Any:
    """Return the values of a JSON text.

    Raises UnreadableFile for what is not JSON, for a name that is twice in an object, and for deep nesting.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_int=_number, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"This isn’t valid JSON: {error.msg} on line {error.lineno}.") from error
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
        raise UnreadableFile("This has a number with too many digits.")
    return int(digits)


def _no_number(name: str) -> None:
    """Read NaN and Infinity as nothing."""


def _check_depth(value: Any) -> None:
    for depth, _ in enumerate(nested_levels(value), 1):
        if depth > 2 * MAX_DEPTH:
            raise UnreadableFile(f"This is nested deeper than {2 * MAX_DEPTH} levels.")
