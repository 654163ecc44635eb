"""The outline of a stored edition, read once and cached: published editions never change."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy.orm import Session

from roadmap.cache.caches import Cache, caches_of
from roadmap.cache.edition_rows import read_merged_milestones, read_outline
from roadmap.domain.maps.layout import MapLayout, lay_out_map
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.plans import Plan, make_plan
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState

PLANS = 256
MAPS = 32
FRAGMENTS = 8_192


@dataclass(frozen=True, eq=False)
class StoredOutline:
    """An edition's outline with the ids of its rows, and what is computed from it alone.

    `merged` has the milestones that became one of this edition: the id of that one by theirs. `fragments` has
    rendered parts of pages; the key of each contains everything it shows. The web fills it.
    """

    edition_id: int
    number: int
    roadmap_id: int
    outline: Outline
    ids: dict[str, int]
    merged: Mapping[int, int] = field(default_factory=dict)
    fragments: Cache[Hashable, str] = field(default_factory=lambda: Cache(FRAGMENTS))
    _plans: Cache[frozenset[str], Plan] = field(default_factory=lambda: Cache(PLANS))
    _maps: Cache[frozenset[str], MapLayout] = field(default_factory=lambda: Cache(MAPS))

    @cached_property
    def keys(self) -> dict[int, str]:
        return {number: key for key, number in self.ids.items()}

    def key_of(self, milestone_id: int) -> str | None:
        """The key of a milestone, or of the one it was merged into; None for any other."""
        return self.keys.get(self.merged.get(milestone_id, milestone_id))

    def ids_of(self, key: str) -> list[int]:
        """The id of a milestone, followed by those of the milestones merged into it."""
        number = self.ids[key]
        return [number, *(earlier for earlier, into in self.merged.items() if into == number)]

    def plan_for(self, pathways: Iterable[str]) -> Plan:
        chosen = frozenset(pathways)
        return self._plans.get(chosen, None, lambda: make_plan(self.outline, chosen))

    def map_of(self, skills: frozenset[str]) -> MapLayout:
        return self._maps.get(skills, None, lambda: lay_out_map(self.outline, skills))


def stored_outline(session: Session, edition_id: int) -> StoredOutline:
    """The outline of an edition, cached unless it is a draft."""
    cache: Cache[int, StoredOutline] = caches_of(session).editions
    cached = cache.find(edition_id)
    if cached is not None:
        return cached[1]
    edition = session.get_one(Edition, edition_id)
    stored = _read(session, edition)
    if edition.state is not EditionState.DRAFT:
        cache.put(edition_id, None, stored)
    return stored


def _read(session: Session, edition: Edition) -> StoredOutline:
    outline, ids = read_outline(session, edition)
    merged = read_merged_milestones(session, edition, ids.values())
    return StoredOutline(edition.id, edition.number, edition.roadmap_id, outline, ids, merged)
