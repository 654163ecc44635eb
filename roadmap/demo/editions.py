"""Editions of the demo: an earlier one of the built-in roadmap, and one that merges two milestones."""

from dataclasses import replace

from roadmap.domain.roadmaps.outline_edits import change_milestones, change_skills
from roadmap.domain.roadmaps.outlines import (
    MilestoneOutline,
    Outline,
    ResourceOutline,
    ResourceType,
    SkillOutline,
    VerificationMode,
)

# The newest edition has added these; nothing depends on them.
ADDED_SINCE = frozenset({"report-negative-result", "write-postmortem"})
REMOVED_FROM = "mlops-devops"
REMOVED = MilestoneOutline(
    key="keep-data-versions",
    title="Keep versions of a dataset",
    summary="A result can be repeated only on the data it came from. Give each state of a dataset a name.",
    done_when=("Two states of the data can be fetched by name.", "A run says which one it used."),
    hours_low=2,
    hours_high=4,
    verification=VerificationMode.SELF,
    resources=(ResourceOutline("DVC documentation", "https://dvc.org/doc", ResourceType.DOCS),),
)
SHORTER = "map-personal-data"
MERGED, INTO = "find-the-data", "answer-real-question"


def earlier_outline(outline: Outline) -> Outline:
    """The outline without what was added, with what was removed, and with other hours on a milestone."""
    return change_skills(outline, lambda skills: tuple(_earlier_skill(skill) for skill in skills))


def _earlier_skill(skill: SkillOutline) -> SkillOutline:
    milestones = [
        replace(milestone, hours_low=2, hours_high=4) if milestone.key == SHORTER else milestone
        for milestone in skill.milestones
        if milestone.key not in ADDED_SINCE
    ]
    if skill.key == REMOVED_FROM:
        milestones.append(REMOVED)
    return replace(skill, milestones=tuple(milestones))


def merged_outline(outline: Outline) -> Outline:
    """The outline where finding the data is no milestone of its own, but part of answering a question."""
    return change_milestones(outline, _merged)


def _merged(milestones: tuple[MilestoneOutline, ...]) -> tuple[MilestoneOutline, ...]:
    return tuple(
        replace(milestone, was=(MERGED,), prerequisites=("set-up-machine",), hours_low=8, hours_high=12)
        if milestone.key == INTO
        else milestone
        for milestone in milestones
        if milestone.key != MERGED
    )
