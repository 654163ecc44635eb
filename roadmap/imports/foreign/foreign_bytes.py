"""The text of a file that any program may have written: its encoding is found out."""

import codecs

from roadmap.domain.imports.import_rows import UnreadableFile

MAX_BYTES = 2 * 1024 * 1024
_BINARY = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
_OFFICE = "This is a workbook or a document, not text. Copy its cells and paste them here, or save it as CSV."
_SAMPLE = 4_000


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: UTF-8, UTF-16 or Windows-1252.

    Raises UnreadableFile for what is empty, too large or no text.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"This has {len(data):,} bytes; 2 MB at most.")
    if data.startswith(_BINARY):
        raise UnreadableFile(_OFFICE if data.startswith((b"PK", b"\xd0\xcf")) else "This is not a text file.")
    text, encoding = _decode(data)
    if "\0" in text:
        raise UnreadableFile("This has NUL characters, so it is not a text file.")
    if not text.strip():
        raise UnreadableFile("It’s empty. Paste a list or a table, or choose a file.")
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
