"""The outline of a stored edition, read once and cached: published editions never change."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.caches import Cache, caches_of
from roadmap.domain.maps.layout import MapLayout, lay_out_map
from roadmap.domain.roadmaps.editions import Area, MilestoneText, Pathway, PathwaySkill, Prerequisite, Skill
from roadmap.domain.roadmaps.outlines import (
    AreaOutline,
    MilestoneOutline,
    Outline,
    PathwayOutline,
    ResourceAccess,
    ResourceOutline,
    ResourceType,
    SkillOutline,
)
from roadmap.domain.roadmaps.pathway_groups import GroupChoice, GroupOutline
from roadmap.domain.roadmaps.plans import Plan, make_plan
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Milestone, Roadmap

PLANS = 256
MAPS = 32
FRAGMENTS = 8_192


@dataclass(frozen=True, eq=False)
class StoredOutline:
    """An edition's outline with the ids of its rows, and what is computed from it alone.

    `fragments` has rendered parts of pages; the key of each contains everything it shows. The web fills it.
    """

    edition_id: int
    number: int
    roadmap_id: int
    outline: Outline
    ids: dict[str, int]
    fragments: Cache[Hashable, str] = field(default_factory=lambda: Cache(FRAGMENTS))
    _plans: Cache[frozenset[str], Plan] = field(default_factory=lambda: Cache(PLANS))
    _maps: Cache[frozenset[str], MapLayout] = field(default_factory=lambda: Cache(MAPS))

    @cached_property
    def keys(self) -> dict[int, str]:
        """Milestone keys by id."""
        return {number: key for key, number in self.ids.items()}

    def plan_for(self, pathways: Iterable[str]) -> Plan:
        """The plan of these pathways, computed once."""
        chosen = frozenset(pathways)
        return self._plans.get(chosen, None, lambda: make_plan(self.outline, chosen))

    def map_of(self, skills: frozenset[str]) -> MapLayout:
        """The map of these skills, laid out once."""
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
    roadmap = session.get_one(Roadmap, edition.roadmap_id)
    texts: Sequence[MilestoneText] = _ordered(session, MilestoneText, edition)
    keys = _keys(session, roadmap.id, texts)
    areas = _ordered(session, Area, edition)
    skills = _ordered(session, Skill, edition)
    outline = Outline(
        slug=roadmap.slug,
        title=edition.title,
        summary=edition.summary,
        description=edition.description,
        source=edition.source,
        areas=_areas(areas, skills, _milestones(session, edition, skills, texts, keys)),
        pathways=_pathways(session, edition, skills),
        groups=tuple(map(_group, edition.groups)),
        language=edition.language,
    )
    return StoredOutline(
        edition.id, edition.number, roadmap.id, outline, {key: number for number, key in keys.items()}
    )


def _keys(session: Session, roadmap_id: int, texts: Iterable[MilestoneText]) -> dict[int, str]:
    """The keys in this edition by milestone id, in plan order."""
    query = select(Milestone.id, Milestone.key).where(Milestone.roadmap_id == roadmap_id)
    first_keys = dict(session.execute(query).all())
    return {text.milestone_id: text.key or first_keys[text.milestone_id] for text in texts}


def _ordered(session: Session, table: Any, edition: Edition) -> Sequence[Any]:
    return session.scalars(select(table).where(table.edition_id == edition.id).order_by(table.position)).all()


def _areas(
    areas: Sequence[Area], skills: Sequence[Skill], milestones: dict[int, list[MilestoneOutline]]
) -> tuple[AreaOutline, ...]:
    of_area: dict[int, list[SkillOutline]] = defaultdict(list)
    for skill in skills:
        of_area[skill.area_id].append(
            SkillOutline(
                key=skill.key,
                title=skill.title,
                summary=skill.summary,
                milestones=tuple(milestones[skill.id]),
                source=skill.source,
                needs=skill.needs,
                optional=skill.optional,
                was=tuple(skill.was),
                same_as=tuple(skill.same_as),
            )
        )
    return tuple(AreaOutline(area.key, area.title, area.summary, tuple(of_area[area.id])) for area in areas)


def _milestones(
    session: Session,
    edition: Edition,
    skills: Sequence[Skill],
    texts: Iterable[MilestoneText],
    keys: dict[int, str],
) -> dict[int, list[MilestoneOutline]]:
    needed = _prerequisites(session, edition, keys | {-skill.id: skill.key for skill in skills})
    of_skill: dict[int, list[MilestoneOutline]] = defaultdict(list)
    for text in texts:
        of_skill[text.skill_id].append(
            MilestoneOutline(
                key=keys[text.milestone_id],
                title=text.title,
                summary=text.summary,
                done_when=tuple(text.done_when),
                hours_low=text.hours_low,
                hours_high=text.hours_high,
                verification=text.verification,
                optional=text.optional,
                prerequisites=tuple(needed[text.id]),
                resources=tuple(map(_resource, text.resources)),
                topics=tuple(text.topics),
                was=tuple(text.was),
                same_as=tuple(text.same_as),
            )
        )
    return of_skill


def _group(values: dict[str, str]) -> GroupOutline:
    return GroupOutline(values["key"], values["title"], values["question"], GroupChoice(values["choose"]))


def _resource(values: dict[str, str]) -> ResourceOutline:
    access = ResourceAccess(values["access"]) if "access" in values else None
    return ResourceOutline(values["title"], values["url"], ResourceType(values["type"]), access)


def _prerequisites(session: Session, edition: Edition, keys: dict[int, str]) -> dict[int, list[str]]:
    """What comes first, by milestone text; `keys` holds milestones by id and skills by negative id."""
    rows = session.scalars(
        select(Prerequisite)
        .join(MilestoneText, MilestoneText.id == Prerequisite.text_id)
        .where(MilestoneText.edition_id == edition.id)
        .order_by(Prerequisite.text_id, Prerequisite.position)
    )
    needed: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        needed[row.text_id].append(
            keys[row.milestone_id if row.milestone_id is not None else -(row.skill_id or 0)]
        )
    return needed


def _pathways(session: Session, edition: Edition, skills: Sequence[Skill]) -> tuple[PathwayOutline, ...]:
    keys = {skill.id: skill.key for skill in skills}
    chosen: dict[int, list[str]] = defaultdict(list)
    rows = select(PathwaySkill).join(Pathway, Pathway.id == PathwaySkill.pathway_id)
    for row in session.scalars(rows.where(Pathway.edition_id == edition.id).order_by(PathwaySkill.position)):
        chosen[row.pathway_id].append(keys[row.skill_id])
    return tuple(
        PathwayOutline(row.key, row.group, row.title, row.summary, tuple(chosen[row.id]))
        for row in _ordered(session, Pathway, edition)
    )
