"""Wraps titles into the short lines of map labels, with estimated widths that fit common fonts."""

import unicodedata
from functools import lru_cache

_NARROW, _SLIM, _WIDE = frozenset("ijl.,:;|'!‘’·"), frozenset('frtI()[]-/ "“”*'), frozenset("mwMW@%—…")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    """Return the width of a character in ems, slightly overestimated."""
    if character in _NARROW:
        return 0.31
    if character in _SLIM:
        return 0.4
    if character in _WIDE or unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    return 0.7 if character.isupper() else 0.59


def text_width(text: str) -> float:
    """Return the approximate width of a text in ems."""
    return sum(map(_width, text))


def reads_from_right(text: str) -> bool:
    """Return whether the first letter with a direction is right-to-left."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((name in _RIGHT_TO_LEFT for name in directions if name in {"L", *_RIGHT_TO_LEFT}), False)


def wrap_text(text: str, width: float, most_lines: int) -> tuple[str, ...]:
    """Return lines no wider than `width` ems; a longer text ends in an ellipsis."""
    lines: list[str] = []
    rest = [piece for word in text.split() for piece in _pieces(word, width)]
    while rest and len(lines) < most_lines:
        count = _fitting(rest, width)
        lines.append(" ".join(rest[:count]))
        rest = rest[count:]
    if rest:
        lines[-1] = _shortened(lines[-1], width)
    return tuple(lines)


def _fitting(words: list[str], width: float) -> int:
    """Return how many of the words fit on one line, at least one."""
    count = 1
    while count < len(words) and text_width(" ".join(words[: count + 1])) <= width:
        count += 1
    return count


def _pieces(word: str, width: float) -> list[str]:
    """Return the word in pieces, more than one when it is wider than a line."""
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _shortened(line: str, width: float) -> str:
    """Cut a line to make room for an ellipsis, at a space if possible."""
    while line and text_width(line + "…") > width:
        line = line.rpartition(" ")[0] or line[:-1]
    return line.rstrip(" ,.:;-–") + "…"
