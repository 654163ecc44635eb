"""Whether a milestone is what somebody searches for, and how well."""

from collections.abc import Sequence
from typing import NamedTuple

from roadmap.domain.characters import plain
from roadmap.domain.learning.searches import Piece, excerpt, has_all, is_in, marked, words_of
from roadmap.domain.roadmaps.outlines import MilestoneOutline, SkillOutline


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
