"""What changed in the roadmap that another was copied from, milestone by milestone."""

from dataclasses import dataclass, replace

from roadmap.domain.roadmaps.edition_diff import compare_outlines
from roadmap.domain.roadmaps.outline_edits import (
    append_skill,
    remove_milestone,
    replace_milestone,
    replace_skill,
)
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline, SkillOutline


@dataclass(frozen=True, slots=True)
class UpstreamChange:
    """A milestone that was added, changed or removed there; `what` says which, and what of it changed."""

    key: str
    title: str
    what: str


def find_upstream_changes(base: Outline, newest: Outline, own: Outline) -> tuple[UpstreamChange, ...]:
    """Return what differs there from the edition that was copied, and is not in one's own yet."""
    difference = compare_outlines(base, newest)
    changes = [
        UpstreamChange(m.key, m.title, "added") for m in difference.added if m.key not in own.milestones
    ]
    for altered in difference.altered:
        key, aspects = altered.milestone.key, ", ".join(one.aspect for one in altered.alterations)
        if key in own.milestones and not _is_taken(own.milestones[key], newest.milestones[key]):
            changes.append(UpstreamChange(key, altered.milestone.title, f"changed: {aspects}"))
    changes += [
        UpstreamChange(m.key, m.title, "removed") for m in difference.removed if m.key in own.milestones
    ]
    return tuple(changes)


def take_over(own: Outline, newest: Outline, key: str) -> Outline:
    """Return one's own outline with a milestone as it is there; without it when it is not there."""
    milestone = newest.milestones.get(key)
    if milestone is None:
        return remove_milestone(own, key)
    known = own.skills.keys() | own.milestones.keys()
    milestone = replace(
        milestone, prerequisites=tuple(name for name in milestone.prerequisites if name in known)
    )
    if key in own.milestones:
        return replace_milestone(own, milestone)
    return _add(own, newest, milestone)


def _is_taken(own: MilestoneOutline, theirs: MilestoneOutline) -> bool:
    return replace(own, prerequisites=()) == replace(theirs, prerequisites=())


def _add(own: Outline, newest: Outline, milestone: MilestoneOutline) -> Outline:
    """Add a milestone to the skill that it has there, which is added too if need be."""
    theirs = newest.skill_of[milestone.key]
    skill = own.skills.get(theirs.key)
    if skill is not None:
        return replace_skill(own, replace(skill, milestones=(*skill.milestones, milestone)))
    added = SkillOutline(theirs.key, theirs.title, theirs.summary, (milestone,))
    there = newest.area_of[theirs.key]
    if any(area.key == there.key for area in own.areas):
        return append_skill(own, there.key, added)
    return replace(own, areas=(*own.areas, replace(there, skills=(added,))))
