"""Publish outlines as editions, and retire editions."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from roadmap.domain.errors import Conflict
from roadmap.domain.roadmaps.editions import (
    Area,
    MilestoneText,
    Pathway,
    PathwaySkill,
    Prerequisite,
    Skill,
    select_milestone_keys,
)
from roadmap.domain.roadmaps.outline_documents import hash_outline
from roadmap.domain.roadmaps.outlines import Outline, ResourceOutline, SkillOutline
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Milestone, Roadmap


def newest_edition(session: Session, roadmap: Roadmap) -> Edition | None:
    """Return the newest published edition, which new learners get, or None."""
    published = Edition.state == EditionState.PUBLISHED
    query = select(Edition).where(Edition.roadmap_id == roadmap.id, published)
    return session.scalar(query.order_by(Edition.number.desc()).limit(1))


def publish_edition(session: Session, roadmap: Roadmap, outline: Outline, *, at: datetime) -> Edition | None:
    """Publish the outline as the next edition; return None when the newest one has the same content."""
    newest, content_hash = newest_edition(session, roadmap), hash_outline(outline)
    if newest is not None and newest.content_hash == content_hash:
        return None
    last = session.scalar(select(func.max(Edition.number)).where(Edition.roadmap_id == roadmap.id))
    edition = Edition(
        roadmap_id=roadmap.id,
        number=(last or 0) + 1,
        state=EditionState.DRAFT,
        title=outline.title,
        summary=outline.summary,
        description=outline.description,
        source=outline.source,
        content_hash=content_hash,
        language=outline.language,
        groups=[asdict(group) for group in outline.groups],
    )
    session.add(edition)
    session.flush()
    _write_rows(session, edition, outline)
    edition.state, edition.published_at = EditionState.PUBLISHED, at
    session.flush()
    return edition


def retire_edition(session: Session, edition: Edition, *, at: datetime) -> None:
    """Retire a published edition: learners stay on it, but nobody new starts it."""
    session.execute(
        update(Edition)
        .where(Edition.id == edition.id, Edition.state == EditionState.PUBLISHED)
        .values(state=EditionState.RETIRED, retired_at=at)
    )


def _write_rows(session: Session, edition: Edition, outline: Outline) -> None:
    ids = _identify_milestones(session, edition.roadmap_id, outline)
    skills = _write_skills(session, edition, outline)
    texts = _write_texts(session, edition, outline, ids, skills)
    prerequisites = [
        {
            "text_id": texts[key],
            "position": position,
            "milestone_id": ids.get(needed),
            "skill_id": skills.get(needed),
        }
        for key, milestone in outline.milestones.items()
        for position, needed in enumerate(milestone.prerequisites)
    ]
    if prerequisites:
        session.execute(insert(Prerequisite), prerequisites)
    _write_pathways(session, edition, outline, skills)


def _write_skills(session: Session, edition: Edition, outline: Outline) -> dict[str, int]:
    """Add areas and skills; return the ids of the skills by key."""
    skills: list[Skill] = []
    for number, area in enumerate(outline.areas):
        texts = {"key": area.key, "title": area.title, "summary": area.summary}
        row = Area(edition_id=edition.id, position=number, **texts)
        session.add(row)
        session.flush()
        skills += [
            _skill(edition, row, skill, len(skills) + index) for index, skill in enumerate(area.skills)
        ]
    session.add_all(skills)
    session.flush()
    return {skill.key: skill.id for skill in skills}


def _skill(edition: Edition, area: Area, skill: SkillOutline, position: int) -> Skill:
    return Skill(
        edition_id=edition.id,
        area_id=area.id,
        position=position,
        key=skill.key,
        title=skill.title,
        summary=skill.summary,
        source=skill.source,
        needs=skill.needs,
        optional=skill.optional,
        was=list(skill.was),
        same_as=list(skill.same_as),
    )


def _write_texts(
    session: Session, edition: Edition, outline: Outline, ids: dict[str, int], skills: dict[str, int]
) -> dict[str, int]:
    """Add the text of each milestone; return the ids of the texts by milestone key."""
    first_keys = _first_keys_of(session, edition.roadmap_id)
    texts = {
        key: MilestoneText(
            edition_id=edition.id,
            skill_id=skills[outline.skill_of[key].key],
            milestone_id=ids[key],
            key=key if first_keys[ids[key]] != key else None,
            position=position,
            title=milestone.title,
            summary=milestone.summary,
            done_when=list(milestone.done_when),
            hours_low=milestone.hours_low,
            hours_high=milestone.hours_high,
            verification=milestone.verification,
            optional=milestone.optional,
            resources=[_resource(resource) for resource in milestone.resources],
            topics=list(milestone.topics),
            was=list(milestone.was),
            same_as=list(milestone.same_as),
        )
        for position, (key, milestone) in enumerate(outline.milestones.items())
    }
    session.add_all(texts.values())
    session.flush()
    return {key: text.id for key, text in texts.items()}


def _resource(resource: ResourceOutline) -> dict[str, Any]:
    return {name: value for name, value in asdict(resource).items() if value is not None}


def _write_pathways(session: Session, edition: Edition, outline: Outline, skills: dict[str, int]) -> None:
    for number, pathway in enumerate(outline.pathways):
        texts = {"key": pathway.key, "title": pathway.title, "summary": pathway.summary}
        row = Pathway(edition_id=edition.id, position=number, group=pathway.group, **texts)
        session.add(row)
        session.flush()
        rows = [
            {"pathway_id": row.id, "skill_id": skills[key], "position": position}
            for position, key in enumerate(pathway.skills)
        ]
        session.execute(insert(PathwaySkill), rows)


def _identify_milestones(session: Session, roadmap_id: int, outline: Outline) -> dict[str, int]:
    """Return the ids of the outline's milestones by key; add those that no earlier edition had.

    A new key that says what it `was` is the milestone of the first of those keys, with all that hangs on it.
    Raises Conflict where two keys of the outline are the same milestone.
    """
    known = dict(session.execute(select_milestone_keys(roadmap_id)).all())
    names = {
        key: next((name for name in (key, *milestone.was) if name in known), key)
        for key, milestone in outline.milestones.items()
    }
    missing = [name for name in names.values() if name not in known]
    if missing:
        session.execute(insert(Milestone), [{"roadmap_id": roadmap_id, "key": key} for key in missing])
        known |= {
            key: number for number, key in _first_keys_of(session, roadmap_id).items() if key in missing
        }
    keys: dict[int, str] = {}
    for key, name in names.items():
        other = keys.setdefault(known[name], key)
        if other != key:
            raise Conflict(
                f"In an earlier edition, “{other}” and “{key}” were one milestone. Choose a new key."
            )
    return {key: number for number, key in keys.items()}


def _first_keys_of(session: Session, roadmap_id: int) -> dict[int, str]:
    """Return the key under which each milestone of a roadmap was published first, by id."""
    query = select(Milestone.id, Milestone.key).where(Milestone.roadmap_id == roadmap_id)
    return dict(session.execute(query).all())
