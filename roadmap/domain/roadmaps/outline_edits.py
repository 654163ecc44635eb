"""Changes of one part of an outline: each returns a new outline."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from roadmap.domain.roadmaps.outline_rules import Path, find_outline_faults
from roadmap.domain.roadmaps.outline_texts import fit_line, make_key
from roadmap.domain.roadmaps.outlines import (
    AreaOutline,
    MilestoneOutline,
    Outline,
    SkillOutline,
    VerificationMode,
)

NEW_HOURS = (2.0, 4.0)
MOST_PASSES = 5


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


Part = TypeVar("Part", bound=_Keyed)


def move_part(parts: Sequence[Part], key: str, step: int) -> tuple[Part, ...]:
    """Return the parts with one of them moved by that many places, as far as there are any."""
    moved = list(parts)
    start = next((number for number, part in enumerate(moved) if part.key == key), None)
    if start is not None:
        part = moved.pop(start)
        moved.insert(max(0, start + step), part)
    return tuple(moved)


def change_areas(outline: Outline, change: Callable[[AreaOutline], AreaOutline]) -> Outline:
    return replace(outline, areas=tuple(map(change, outline.areas)))


def change_skills(
    outline: Outline, change: Callable[[tuple[SkillOutline, ...]], tuple[SkillOutline, ...]]
) -> Outline:
    return change_areas(outline, lambda area: replace(area, skills=change(area.skills)))


def change_milestones(
    outline: Outline, change: Callable[[tuple[MilestoneOutline, ...]], tuple[MilestoneOutline, ...]]
) -> Outline:
    return change_skills(
        outline, lambda skills: tuple(replace(skill, milestones=change(skill.milestones)) for skill in skills)
    )


def add_area(outline: Outline, title: str) -> Outline:
    """Return the outline with an empty area at its end."""
    key = make_key(title, {area.key for area in outline.areas}, kind="area")
    return replace(outline, areas=(*outline.areas, AreaOutline(key, fit_line(title), "", ())))


def add_skill(outline: Outline, area_key: str, title: str) -> Outline:
    """Return the outline with an empty skill at the end of an area."""
    key = make_key(title, outline.skills.keys() | outline.milestones.keys(), kind="skill")
    return append_skill(outline, area_key, SkillOutline(key, fit_line(title), "", ()))


def append_skill(outline: Outline, area_key: str, skill: SkillOutline) -> Outline:
    """Return the outline with a skill at the end of an area."""
    return change_areas(
        outline, lambda area: replace(area, skills=(*area.skills, skill)) if area.key == area_key else area
    )


def add_milestones(
    outline: Outline, skill_key: str, titles: Sequence[str], *, done_when: str, verification: VerificationMode
) -> Outline:
    """Return the outline with milestones at the end of a skill."""
    taken = set(outline.skills.keys() | outline.milestones.keys())
    added = []
    for title in titles:
        key = make_key(title, taken, kind="milestone")
        taken.add(key)
        added.append(
            MilestoneOutline(key, fit_line(title), "", (done_when,), *NEW_HOURS, verification=verification)
        )
    return change_skills(
        outline,
        lambda skills: tuple(
            replace(skill, milestones=(*skill.milestones, *added)) if skill.key == skill_key else skill
            for skill in skills
        ),
    )


def replace_area(outline: Outline, area: AreaOutline) -> Outline:
    """Return the outline with this area in the place of the one with its key."""
    return replace(outline, areas=_replaced(outline.areas, area))


def replace_skill(outline: Outline, skill: SkillOutline) -> Outline:
    return change_skills(outline, lambda skills: _replaced(skills, skill))


def replace_milestone(outline: Outline, milestone: MilestoneOutline) -> Outline:
    return change_milestones(outline, lambda milestones: _replaced(milestones, milestone))


def _replaced(parts: Iterable[Part], part: Part) -> tuple[Part, ...]:
    return tuple(part if other.key == part.key else other for other in parts)


def _without(parts: Iterable[Part], key: str) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.key != key)


def move_milestone_to(outline: Outline, key: str, skill_key: str) -> Outline:
    """Return the outline with a milestone at the end of another skill."""
    milestone = outline.milestones[key]
    if outline.skill_of[key].key == skill_key or skill_key not in outline.skills:
        return outline
    without = change_milestones(outline, lambda milestones: _without(milestones, key))
    skill = without.skills[skill_key]
    return replace_skill(without, replace(skill, milestones=(*skill.milestones, milestone)))


def move_skill_to(outline: Outline, key: str, area_key: str) -> Outline:
    """Return the outline with a skill at the end of another area."""
    skill = outline.skills[key]
    if outline.area_of[key].key == area_key:
        return outline
    return append_skill(change_skills(outline, lambda skills: _without(skills, key)), area_key, skill)


def remove_area(outline: Outline, key: str) -> Outline:
    """Return the outline without an area and what is in it."""
    return _without_references(replace(outline, areas=_without(outline.areas, key)))


def remove_skill(outline: Outline, key: str) -> Outline:
    """Return the outline without a skill and its milestones, and without what names them."""
    return _without_references(change_skills(outline, lambda skills: _without(skills, key)))


def remove_milestone(outline: Outline, key: str) -> Outline:
    """Return the outline without a milestone, and without prerequisites that name it."""
    return _without_references(change_milestones(outline, lambda milestones: _without(milestones, key)))


def _without_references(outline: Outline) -> Outline:
    """Drop prerequisites and skills of pathways that are not there any more."""
    known = outline.skills.keys() | outline.milestones.keys()
    kept = _keep_prerequisites(outline, lambda _, key: key in known)
    pathways = (
        replace(pathway, skills=tuple(key for key in pathway.skills if key in kept.skills))
        for pathway in outline.pathways
    )
    return replace(kept, pathways=tuple(pathway for pathway in pathways if pathway.skills))


def without_wrong_prerequisites(outline: Outline) -> Outline:
    """Drop the prerequisites that wait for each other or for their own skill, as foreign files have them."""
    for _ in range(MOST_PASSES):
        faults = [fault for fault in find_outline_faults(outline) if "prerequisites" in fault.path]
        if not faults:
            return outline
        wrong = {_prerequisite_at(outline, fault.path) for fault in faults}
        outline = _keep_prerequisites(outline, lambda *pair, wrong=wrong: pair not in wrong)
    return _keep_prerequisites(outline, lambda *_: False)


def _prerequisite_at(outline: Outline, path: Path) -> tuple[str, str]:
    area, skill, milestone, number = (int(step) for step in path[1::2])
    waiting = outline.areas[area].skills[skill].milestones[milestone]
    return waiting.key, waiting.prerequisites[number]


def _keep_prerequisites(outline: Outline, is_kept: Callable[[str, str], bool]) -> Outline:
    """Return the outline with those prerequisites for which `is_kept(milestone, prerequisite)` is true."""
    return change_milestones(
        outline,
        lambda milestones: tuple(
            replace(m, prerequisites=tuple(key for key in m.prerequisites if is_kept(m.key, key)))
            for m in milestones
        ),
    )
