"""Typed text in PDF files: a character without a glyph is replaced by its name, not by an empty box."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from roadmap.exports.pdf.fonts import draws, font_files

# Bidirectional controls, which would affect the text that follows.
_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_SPACES = {
    ord("\t"): " ",
    ord("\v"): "\n",
    ord("\f"): "\n",
    ord("\r"): None,
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
}
_INVISIBLE = {0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10)}
_PLAIN_ASCII = re.compile(r"[\n -~]*\Z")


def printable(text: str) -> str:
    """Return the text with only what the fonts draw."""
    if _PLAIN_ASCII.match(text):
        return text
    return "".join(map(_drawable, _clusters(text.translate(_SPACES).translate(_DIRECTIONS))))


def _clusters(text: str) -> Iterator[str]:
    """Yield each character together with its combining marks."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not unicodedata.category(text[place]).startswith("M"):
            yield text[start:place]
            start = place


@lru_cache(maxsize=4096)
def _drawable(cluster: str) -> str:
    if cluster == "\n" or _is_drawn(cluster):
        return cluster
    composed = unicodedata.normalize("NFC", cluster)
    if _is_drawn(composed):
        return composed
    first, marks = cluster[0], cluster[1:]
    shown = first if _is_drawn(first) else _named(first)
    return shown + "".join(_named(mark) for mark in marks if ord(mark) not in _INVISIBLE)


def _is_drawn(cluster: str) -> bool:
    """Return whether one font draws all of it; marks and letters of two fonts cannot be combined."""
    points = {ord(character) for character in cluster} - _INVISIBLE
    return any(all(draws(family, point) for point in points) for family in font_files())


def _named(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    return f"[{name or f'U+{ord(character):04X}'}]"
