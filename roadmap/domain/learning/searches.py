"""How words are found in texts: without regard to case and accents, the same on every database."""

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import combining, normalize

MAX_LETTERS = 200
MAX_WORDS = 10
AROUND = 90


class Piece(NamedTuple):
    """A stretch of a text, and whether it is a word that was looked for."""

    text: str
    is_hit: bool


def plain(text: str) -> str:
    """A text as it is compared: `É` and `e` are the same, so are `ß` and `ss`."""
    if text.isascii():
        return text.lower()
    letters = normalize("NFKD", text)
    return normalize("NFKD", "".join(each for each in letters if not combining(each)).casefold())


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query as they are compared, each once, at most ten of the first 200 letters."""
    return tuple(dict.fromkeys(plain(query[:MAX_LETTERS]).split()))[:MAX_WORDS]


def has_all(words: Sequence[str], text: str) -> bool:
    """Whether every word is somewhere in a text that is plain already."""
    return all(word in text for word in words)


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The text in pieces, those that match apart from the others; joined they are the text."""
    compared, places = _compared(text)
    hits = [False] * len(text)
    for word in words:
        start = compared.find(word)
        while start >= 0:
            for place in places[start : start + len(word)]:
                hits[place] = True
            start = compared.find(word, start + len(word))
    return tuple(_pieces(text, hits))


def _compared(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its letters the place where it stands in the text."""
    letters = [plain(each) for each in text]
    places = [place for place, each in enumerate(letters) for _ in each]
    return "".join(letters), places


def _pieces(text: str, hits: Sequence[bool]) -> list[Piece]:
    pieces: list[Piece] = []
    begin = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or hits[place] != hits[begin]:
            pieces.append(Piece(text[begin:place], hits[begin]))
            begin = place
    return pieces


def excerpt(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The part of a long text around its first match, on one line, with `…` where it was cut."""
    line = " ".join(text.split())
    compared, places = _compared(line)
    found = [start for start in (compared.find(word) for word in words) if start >= 0]
    first = places[min(found)] if found else 0
    begin = line.rfind(" ", 0, first - AROUND) + 1 if first > AROUND else 0
    end = first + 2 * AROUND
    cut = line[begin:end] + ("…" if end < len(line) else "")
    return marked(("…" if begin else "") + cut, words)
