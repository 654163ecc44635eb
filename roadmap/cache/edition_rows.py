"""Reads the outline of an edition from its rows, and which earlier milestones were merged into its own."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.roadmaps.editions import (
    Area,
    MilestoneText,
    Pathway,
    PathwaySkill,
    Prerequisite,
    Skill,
    select_milestone_keys,
)
from roadmap.domain.roadmaps.outline_documents import read_value
from roadmap.domain.roadmaps.outlines import (
    AreaOutline,
    MilestoneOutline,
    Outline,
    PathwayOutline,
    ResourceOutline,
    SkillOutline,
)
from roadmap.domain.roadmaps.pathway_groups import GroupOutline
from roadmap.domain.roadmaps.roadmaps import Edition, Milestone, Roadmap

Part = TypeVar("Part", AreaOutline, SkillOutline, MilestoneOutline, PathwayOutline)


def read_outline(session: Session, edition: Edition) -> tuple[Outline, dict[str, int]]:
    """The outline of an edition, and the ids of its milestones by key."""
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
        groups=tuple(read_value(GroupOutline, values) for values in edition.groups),
        language=edition.language,
    )
    return outline, {key: number for number, key in keys.items()}


def read_merged_milestones(session: Session, edition: Edition, ids: Collection[int]) -> dict[int, int]:
    """The milestone of this edition into which each earlier one was merged, by the id of the earlier one.

    `ids` are those of the edition. A milestone that is among them was not merged, or is on its own again.
    """
    if edition.number == 1:
        return {}
    query = (
        select(MilestoneText.milestone_id, MilestoneText.was)
        .join(Edition, Edition.id == MilestoneText.edition_id)
        .where(Edition.roadmap_id == edition.roadmap_id, Edition.number <= edition.number)
        .order_by(Edition.number, MilestoneText.position)
    )
    rows = [(into, was) for into, was in session.execute(query) if was]
    known = dict(session.execute(select_milestone_keys(edition.roadmap_id)).all()) if rows else {}
    merged: dict[int, int] = {}
    for into, was in rows:
        earlier = [known[key] for key in was if key in known and known[key] != into]
        merged = {number: into if at in earlier else at for number, at in merged.items()}
        merged |= dict.fromkeys(earlier, into)
    return {earlier: into for earlier, into in merged.items() if into in ids and earlier not in ids}


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
        of_area[skill.area_id].append(_part(SkillOutline, skill, milestones=tuple(milestones[skill.id])))
    return tuple(_part(AreaOutline, area, skills=tuple(of_area[area.id])) for area in areas)


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
        resources = tuple(read_value(ResourceOutline, values) for values in text.resources)
        more = {"key": keys[text.milestone_id], "prerequisites": tuple(needed[text.id])}
        of_skill[text.skill_id].append(_part(MilestoneOutline, text, resources=resources, **more))
    return of_skill


def _part(kind: type[Part], row: Any, **more: Any) -> Part:
    """A part of an outline: `more` are the values of its fields that aren't in the columns of the row."""
    values = {field.name: getattr(row, field.name) for field in fields(kind) if field.name not in more}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return kind(**values | lists | more)


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
    pathways = _ordered(session, Pathway, edition)
    return tuple(_part(PathwayOutline, row, skills=tuple(chosen[row.id])) for row in pathways)
