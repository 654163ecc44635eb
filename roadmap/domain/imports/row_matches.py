"""Finds the milestones and skills that rows are in a draft already, when the same file comes again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from roadmap.domain.characters import plain
from roadmap.domain.imports.import_rows import ImportedFile, RowLevel
from roadmap.domain.roadmaps.outline_edits import (
    change_milestones,
    change_skills,
    without_wrong_prerequisites,
)
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline, SkillOutline


@dataclass(frozen=True, slots=True)
class RowMatches:
    """The keys of rows by their number: by key or id, by title as a question; and the keys no row has."""

    sure: dict[int, str]
    by_title: dict[int, str]
    gone: tuple[str, ...]


def match_rows(outline: Outline, imported: ImportedFile, foreign: Mapping[str, str]) -> RowMatches:
    """Return which rows a draft has already; `foreign` are its keys by the ids of the file it came from."""
    titles: dict[tuple[RowLevel, str], str] = {}
    parts: list[tuple[RowLevel, SkillOutline | MilestoneOutline]] = [
        *((RowLevel.SKILL, skill) for skill in outline.skills.values()),
        *((RowLevel.MILESTONE, milestone) for milestone in outline.milestones.values()),
    ]
    keys = {level: {part.key for other, part in parts if other is level} for level in RowLevel}
    for level, part in parts:
        titles.setdefault((level, plain(part.title)), part.key)
    sure, by_title, taken = dict[int, str](), dict[int, str](), set[str]()
    for number, row in enumerate(imported.rows):
        key = foreign.get(row.key, row.key)
        if key and key in keys[row.level] and key not in taken:
            sure[number] = key
            taken.add(key)
    for number, row in enumerate(imported.rows):
        key = titles.get((row.level, plain(row.title)), "")
        if number not in sure and key and key not in taken:
            by_title[number] = key
            taken.add(key)
    gone = tuple(key for key in outline.milestones if key not in taken)
    return RowMatches(sure, by_title, gone)


def keep_keys(before: Outline, after: Outline) -> Outline:
    """Return an outline of rows with what only the draft before says: its texts, hours and links."""
    if not before.areas:
        return after
    kept = change_milestones(after, lambda milestones: tuple(_kept(before, m) for m in milestones))
    kept = change_skills(kept, lambda skills: tuple(_kept_skill(before, skill) for skill in skills))
    named = ((p, tuple(key for key in p.skills if key in kept.skills)) for p in before.pathways)
    pathways = tuple(replace(pathway, skills=skills) for pathway, skills in named if skills)
    kept = replace(kept, language=before.language, groups=before.groups, pathways=pathways)
    return without_wrong_prerequisites(kept)


def _kept(before: Outline, milestone: MilestoneOutline) -> MilestoneOutline:
    known = before.milestones.get(milestone.key)
    if known is None:
        return milestone
    return replace(
        known,
        title=milestone.title,
        summary=milestone.summary or known.summary,
        same_as=milestone.same_as or known.same_as,
        prerequisites=milestone.prerequisites or known.prerequisites,
        resources=milestone.resources or known.resources,
    )


def _kept_skill(before: Outline, skill: SkillOutline) -> SkillOutline:
    known = before.skills.get(skill.key)
    if known is None:
        return skill
    return replace(
        known, title=skill.title, summary=skill.summary or known.summary, milestones=skill.milestones
    )
