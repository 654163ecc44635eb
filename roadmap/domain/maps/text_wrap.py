"""Wraps titles into the short lines of map labels, with estimated widths that fit common fonts."""

import unicodedata
from functools import lru_cache

_NARROW, _SLIM, _WIDE = frozenset("ijl.,:;|'!‘’·"), frozenset('frtI()[]-/ "“”*'), frozenset("mwMW@%—…")
# Where a word is broken; shown as a hyphen at the end of its line.
_SOFT_HYPHEN = "\u00ad"
_VOWELS, _CLUSTERS = frozenset("aeiouyäöü"), ("ch", "ck", "ph", "th", "sh")
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
    """Return lines no wider than `width` ems; a longer text ends in an ellipsis.

    A word that is wider is broken, where it is in Latin letters with a hyphen before a syllable.
    """
    lines: list[str] = []
    rest = [piece for word in text.split() for piece in _pieces(word, width)]
    while rest and len(lines) < most_lines:
        count = _fitting(rest, width)
        lines.append(" ".join(rest[:count]).replace(_SOFT_HYPHEN, "-"))
        rest = rest[count:]
    if rest:
        lines[-1] = _shortened(lines[-1], width)
    return tuple(lines)


def _fitting(words: list[str], width: float) -> int:
    """Return how many of the words fit on one line, at least one; a piece with a hyphen is the last."""
    count = 1
    while count < len(words) and not words[count - 1].endswith(_SOFT_HYPHEN):
        if text_width(" ".join(words[: count + 1])) > width:
            break
        count += 1
    return count


def _pieces(word: str, width: float) -> list[str]:
    """Return the word in pieces, more than one when it is wider than a line."""
    pieces = []
    hyphen = _SOFT_HYPHEN if _is_latin(word) else ""
    while text_width(word) > width:
        room = width - text_width("-" if hyphen else "")
        end = 1
        while text_width(word[: end + 1]) <= room:
            end += 1
        if hyphen:
            end = _syllable_before(word, end)
        pieces.append(word[:end] + hyphen)
        word = word[end:]
    return [*pieces, word]


def _is_latin(word: str) -> bool:
    return all(character.isalpha() and "LATIN" in unicodedata.name(character, "") for character in word)


def _syllable_before(word: str, end: int) -> int:
    """Return where the last syllable that begins at `end` or before it begins, else `end`.

    A syllable begins with a consonant before a vowel, as in many languages; no more than six letters are
    moved to the next line for it.
    """
    letters = word.casefold() if len(word.casefold()) == len(word) else word
    for place in range(end, max(end - 7, 2), -1):
        is_start = letters[place] not in _VOWELS and letters[place + 1 : place + 2] in _VOWELS
        if is_start and letters[place - 1 : place + 1] not in _CLUSTERS:
            return place
    return end


def _shortened(line: str, width: float) -> str:
    """Cut a line to make room for an ellipsis, at a space if possible."""
    while line and text_width(line + "…") > width:
        line = line.rpartition(" ")[0] or line[:-1]
    return line.rstrip(" ,.:;-–") + "…"
