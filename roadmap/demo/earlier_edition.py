"""An earlier edition of the built-in roadmap, so that learners of the demo meet a newer one."""

from dataclasses import replace

from roadmap.domain.roadmaps.outlines import (
    AreaOutline,
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


def earlier_outline(outline: Outline) -> Outline:
    """The outline without what was added, with what was removed, and with other hours on a milestone."""
    return replace(outline, areas=tuple(_earlier_area(area) for area in outline.areas))


def _earlier_area(area: AreaOutline) -> AreaOutline:
    return replace(area, skills=tuple(_earlier_skill(skill) for skill in area.skills))


def _earlier_skill(skill: SkillOutline) -> SkillOutline:
    milestones = [
        replace(milestone, hours_low=2, hours_high=4) if milestone.key == SHORTER else milestone
        for milestone in skill.milestones
        if milestone.key not in ADDED_SINCE
    ]
    if skill.key == REMOVED_FROM:
        milestones.append(REMOVED)
    return replace(skill, milestones=tuple(milestones))
