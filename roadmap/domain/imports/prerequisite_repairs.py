"""Drops the prerequisites of an outline that break a rule, as foreign files have them."""

from dataclasses import replace

from roadmap.domain.roadmaps.outline_rules import find_outline_faults
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline

MOST_PASSES = 5

Places = set[tuple[object, ...]]


def without_wrong_prerequisites(outline: Outline) -> Outline:
    """Drop the prerequisites that wait for each other or for their own skill."""
    for _ in range(MOST_PASSES):
        wrong = [fault.path for fault in find_outline_faults(outline) if "prerequisites" in fault.path]
        if not wrong:
            return outline
        places: set[tuple[object, ...]] = {
            (path[1], path[3], path[5], path[7]) for path in wrong if len(path) > 7
        }
        outline = _drop_prerequisites(outline, places)
    return _drop_prerequisites(outline, None)


def _drop_prerequisites(outline: Outline, places: Places | None) -> Outline:
    def keep(milestone: MilestoneOutline, *place: int) -> MilestoneOutline:
        kept = (
            key
            for number, key in enumerate(milestone.prerequisites)
            if places is not None and (*place, number) not in places
        )
        return replace(milestone, prerequisites=tuple(kept))

    areas = tuple(
        replace(
            area,
            skills=tuple(
                replace(
                    skill,
                    milestones=tuple(keep(m, a, s, number) for number, m in enumerate(skill.milestones)),
                )
                for s, skill in enumerate(area.skills)
            ),
        )
        for a, area in enumerate(outline.areas)
    )
    return replace(outline, areas=areas)
