"""A newer edition of the team's roadmap that merges two milestones, so that the demo has work that moved."""

from dataclasses import replace

from roadmap.domain.roadmaps.outlines import AreaOutline, Outline, SkillOutline

MERGED, INTO = "find-the-data", "answer-real-question"


def merged_outline(outline: Outline) -> Outline:
    """The outline where finding the data is no milestone of its own, but part of answering a question."""
    return replace(outline, areas=tuple(_merged_area(area) for area in outline.areas))


def _merged_area(area: AreaOutline) -> AreaOutline:
    return replace(area, skills=tuple(_merged_skill(skill) for skill in area.skills))


def _merged_skill(skill: SkillOutline) -> SkillOutline:
    milestones = tuple(
        replace(milestone, was=(MERGED,), prerequisites=("set-up-machine",), hours_low=8, hours_high=12)
        if milestone.key == INTO
        else milestone
        for milestone in skill.milestones
        if milestone.key != MERGED
    )
    return replace(skill, milestones=milestones)
