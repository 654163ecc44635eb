"""Text search without regard to case and accents, the same on every database, and milestones that match."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from roadmap.domain.characters import plain
from roadmap.domain.roadmaps.outlines import MilestoneOutline, SkillOutline

MAX_LETTERS = 200
MAX_WORDS = 10
AROUND = 90
# Chinese, Japanese, Thai and their neighbours write no spaces, so a word may start at any of their letters.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)


class Piece(NamedTuple):
    """A part of a text, and whether it matches a word of the query."""

    text: str
    is_hit: bool


def words_of(query: str) -> tuple[str, ...]:
    """Return the distinct words of a query in plain form, at most ten from its first 200 letters."""
    return tuple(dict.fromkeys(plain(query[:MAX_LETTERS]).split()))[:MAX_WORDS]


def has_all(words: Sequence[str], text: str) -> bool:
    """Return whether every word is in a text, already in plain form, at the start of one of its words."""
    return all(is_in(word, text) for word in words)


def is_in(word: str, text: str) -> bool:
    """Return whether a word of the text, already in plain form, starts with this one."""
    return next(_starts(word, text), None) is not None


def _starts(word: str, text: str) -> Iterator[int]:
    """Yield the places where a word of the text starts with this one."""
    place = text.find(word)
    while place >= 0:
        if _starts_word(text, place):
            yield place
        place = text.find(word, place + 1)


def _starts_word(text: str, place: int) -> bool:
    letter = text[place]
    inside = place > 0 and letter.isalnum() and text[place - 1].isalnum()
    return not inside or _UNSPACED.match(letter) is not None


def marked(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """Split a text into pieces that match and pieces that do not; joined they are the text."""
    compared, places = _compared(text)
    hits = [False] * len(text)
    for word in words:
        for start in _starts(word, compared):
            for place in places[start : start + len(word)]:
                hits[place] = True
    groups = groupby(zip(text, hits, strict=True), key=itemgetter(1))
    return tuple(Piece("".join(letter for letter, _ in group), is_hit) for is_hit, group in groups)


def _compared(text: str) -> tuple[str, list[int]]:
    """Return the plain form of a text, and for each letter of it the index in the text."""
    letters = [plain(letter) for letter in text]
    places = [place for place, letter in enumerate(letters) for _ in letter]
    return "".join(letters), places


def excerpt(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """Return the part of a long text around its first match, on one line, with `…` where it was cut."""
    line = " ".join(text.split())
    compared, places = _compared(line)
    starts = [start for word in words for start in _starts(word, compared)]
    first = places[min(starts)] if starts else 0
    begin = line.rfind(" ", 0, first - AROUND) + 1 if first > AROUND else 0
    end = first + 2 * AROUND
    cut = line[begin:end] + ("…" if end < len(line) else "")
    return marked(("…" if begin else "") + cut, words)


class SearchedTexts(NamedTuple):
    """The texts of a milestone in the form that is compared."""

    topics: tuple[str, ...]
    title: str
    all_texts: str

    def rank(self, words: Sequence[str]) -> int | None:
        """Return in which place the words are, the lowest first, or None where one of them is missing.

        0: a topic of just these words, 1: a topic, 2: the title, 3: title and topics, 4: any text.
        """
        if not has_all(words, self.all_texts):
            return None
        if any(words_of(topic) == tuple(words) for topic in self.topics):
            return 0
        if any(has_all(words, topic) for topic in self.topics):
            return 1
        if has_all(words, self.title):
            return 2
        return 3 if has_all(words, "\n".join([self.title, *self.topics])) else 4


def searched_texts(milestone: MilestoneOutline, skill: SkillOutline) -> SearchedTexts:
    """Return what is searched of a milestone: its own texts, and the title of its skill."""
    texts = [milestone.title, *milestone.topics, *_further_texts(milestone), skill.title]
    return SearchedTexts(
        topics=tuple(map(plain, milestone.topics)),
        title=plain(milestone.title),
        all_texts=plain("\n".join(texts)),
    )


def best_excerpt(milestone: MilestoneOutline, words: Sequence[str]) -> tuple[Piece, ...]:
    """Return the part of its texts that has most of the words, at first the summary."""
    best = max(_further_texts(milestone), key=lambda text: sum(is_in(word, plain(text)) for word in words))
    return excerpt(best, words)


def matching_topics(milestone: MilestoneOutline, words: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    """Return the topics that have any of the words."""
    pieces = (marked(topic, words) for topic in milestone.topics)
    return tuple(topic for topic in pieces if any(piece.is_hit for piece in topic))


def _further_texts(milestone: MilestoneOutline) -> list[str]:
    resources = (resource.title for resource in milestone.resources)
    return [milestone.summary, *milestone.done_when, *resources]
