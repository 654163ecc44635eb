"""Search: roadmaps, milestones, and one's own notes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import StoredOutline, stored_outline
from roadmap.domain.accounts.users import User
from roadmap.domain.characters import plain
from roadmap.domain.learning.progress import Note, Progress
from roadmap.domain.learning.searches import (
    Piece,
    SearchedTexts,
    best_excerpt,
    excerpt,
    has_all,
    marked,
    matching_topics,
    searched_texts,
    words_of,
)
from roadmap.domain.roadmaps.outlines import AreaOutline, MilestoneOutline, SkillOutline
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import enrollments_for
from roadmap.queries.roadmaps.roadmaps import newest_editions

MAX_SHOWN = 30
_compared: "WeakKeyDictionary[StoredOutline, dict[str, SearchedTexts]]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Found:
    """One result: where it leads, its place from the roadmap down, and the texts with what matched.

    `topics` are those of a milestone that match, `language` is that of the roadmap.
    """

    url: str
    place: tuple[str, ...]
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    topics: tuple[tuple[Piece, ...], ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The results by kind, the best first; `more` counts those left out of each."""

    query: str
    words: tuple[str, ...]
    roadmaps: tuple[Found, ...]
    milestones: tuple[Found, ...]
    notes: tuple[Found, ...]
    more_milestones: int
    more_notes: int

    @property
    def total(self) -> int:
        shown = len(self.roadmaps) + len(self.milestones) + len(self.notes)
        return shown + self.more_milestones + self.more_notes


@dataclass(frozen=True, slots=True)
class _Place:
    """An edition to look into, and the viewer's own enrollment that follows it."""

    stored: StoredOutline
    enrollment: EnrollmentView | None


class _Hit(NamedTuple):
    """A milestone that matches; those with the lowest rank come first."""

    rank: int
    place: _Place
    area: AreaOutline
    skill: SkillOutline
    milestone: MilestoneOutline


def find_search_page(session: Session, query: str, *, seen_by: User | None, at: datetime) -> SearchPage:
    """What all words of a query are in, in three statements at most; without words nothing is."""
    words = words_of(query)
    own = enrollments_for(session, seen_by, at=at) if words and seen_by else []
    places = _places(session, own, seen_by) if words else []
    # Those whose topics and title say it come first; otherwise the order of the roadmaps stays.
    milestones = sorted((hit for place in places for hit in _hits(place, words)), key=lambda hit: hit.rank)
    notes = list(_note_hits(session, own, words)) if own else []
    return SearchPage(
        query=query,
        words=words,
        roadmaps=tuple(_roadmaps(places, words)),
        milestones=tuple(_found(hit, words) for hit in milestones[:MAX_SHOWN]),
        notes=tuple(_found_note(*hit, words) for hit in notes[:MAX_SHOWN]),
        more_milestones=max(0, len(milestones) - MAX_SHOWN),
        more_notes=max(0, len(notes) - MAX_SHOWN),
    )


def _places(session: Session, own: Sequence[EnrollmentView], person: User | None) -> list[_Place]:
    """The editions that the person follows, and the newest of every other roadmap they may see."""
    followed: dict[int, _Place] = {}
    for enrollment in own:
        # Active ones come first; one set aside counts only where there is no other.
        followed.setdefault(enrollment.stored.roadmap_id, _Place(enrollment.stored, enrollment))
    others = [
        _Place(stored_outline(session, row.edition_id), None)
        for row in session.execute(newest_editions(person))
        if row.id not in followed
    ]
    others.sort(key=lambda place: place.stored.outline.title.casefold())
    return [*followed.values(), *others]


def _address(place: _Place) -> str:
    if place.enrollment is not None:
        return f"/enrollments/{place.enrollment.public_id}"
    return f"/roadmaps/{place.stored.outline.slug}"


def _roadmaps(places: Iterable[_Place], words: Sequence[str]) -> Iterator[Found]:
    for place in places:
        outline = place.stored.outline
        if words and has_all(words, plain(f"{outline.title} {outline.summary}")):
            title, summary = marked(outline.title, words), marked(outline.summary, words)
            yield Found(_address(place), (), title, summary, language=outline.language)


def _hits(place: _Place, words: Sequence[str]) -> Iterator[_Hit]:
    texts = _searched_texts(place.stored)
    for area, skill, milestone in _walk(place.stored):
        rank = texts[milestone.key].rank(words)
        if rank is not None:
            yield _Hit(rank, place, area, skill, milestone)


def _walk(stored: StoredOutline) -> Iterator[tuple[AreaOutline, SkillOutline, MilestoneOutline]]:
    for area in stored.outline.areas:
        for skill in area.skills:
            for milestone in skill.milestones:
                yield area, skill, milestone


def _searched_texts(stored: StoredOutline) -> dict[str, SearchedTexts]:
    """The texts of each milestone as they are compared, once for each edition."""
    if stored not in _compared:
        _compared[stored] = {
            milestone.key: searched_texts(milestone, skill) for _, skill, milestone in _walk(stored)
        }
    return _compared[stored]


def _found(hit: _Hit, words: Sequence[str]) -> Found:
    milestone, outline = hit.milestone, hit.place.stored.outline
    return Found(
        url=f"{_address(hit.place)}/milestones/{milestone.key}",
        place=(outline.title, hit.area.title, hit.skill.title),
        title=marked(milestone.title, words),
        text=best_excerpt(milestone, words),
        topics=matching_topics(milestone, words),
        language=outline.language,
    )


def _note_hits(
    session: Session, own: Sequence[EnrollmentView], words: Sequence[str]
) -> Iterator[tuple[EnrollmentView, str, str]]:
    """Notes that match, the last written first; compared here, as databases fold letters differently."""
    by_id = {enrollment.id: enrollment for enrollment in own}
    query: Any = (
        select(Progress.enrollment_id, Progress.milestone_id, Note.text)
        .join(Note, Note.id == Progress.note_id)
        .where(Progress.enrollment_id.in_(by_id), Note.text.is_not(None))
        .order_by(Note.id.desc())
    )
    for enrollment_id, milestone_id, text in session.execute(query):
        enrollment = by_id[enrollment_id]
        key = enrollment.stored.keys.get(milestone_id)
        if key is not None and has_all(words, plain(text)):
            yield enrollment, key, text


def _found_note(enrollment: EnrollmentView, key: str, text: str, words: Sequence[str]) -> Found:
    outline = enrollment.stored.outline
    return Found(
        url=f"/enrollments/{enrollment.public_id}/milestones/{key}#note",
        place=(outline.title, outline.skill_of[key].title),
        title=marked(outline.milestones[key].title, ()),
        text=excerpt(text, words),
        language=outline.language,
    )
