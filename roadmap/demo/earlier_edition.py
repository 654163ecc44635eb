"""An earlier edition of the built-in roadmap, so that learners of the demo meet a newer one."""

from dataclasses import replace

from roadmap.domain.outlines import (
    AreaOutline,
    MilestoneOutline,
    Outline,
    ResourceOutline,
    ResourceType,
    SkillOutline,
    VerificationMode,
)

# Came with the present edition; nothing depends on them.
LATER = frozenset({"report-negative-result", "write-postmortem"})
LEFT_FROM = "mlops-devops"
LEFT = MilestoneOutline(
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
    """The outline without two milestones, with one that left since, and with other hours on a third."""
    return replace(outline, areas=tuple(_earlier_area(area) for area in outline.areas))


def _earlier_area(area: AreaOutline) -> AreaOutline:
    return replace(area, skills=tuple(_earlier_skill(skill) for skill in area.skills))


def _earlier_skill(skill: SkillOutline) -> SkillOutline:
    kept = [each for each in skill.milestones if each.key not in LATER]
    kept = [replace(each, hours_low=2, hours_high=4) if each.key == SHORTER else each for each in kept]
    return replace(skill, milestones=(*kept, *((LEFT,) if skill.key == LEFT_FROM else ())))
