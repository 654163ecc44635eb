"""Figures about a whole outline for its author: hours by area and pathway, and the shape of its order."""

from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter

from roadmap.domain.roadmaps.outlines import Outline, SkillOutline


@dataclass(frozen=True, slots=True)
class HoursTotal:
    """The estimated hours of an area or a pathway; `share` is its middle as a fraction of the core's."""

    key: str
    title: str
    low: float
    high: float
    share: float


@dataclass(frozen=True, slots=True)
class OutlineTotals:
    """`areas` count their core skills, `depth` is the longest chain of prerequisites in milestones.

    The others are keys of milestones: `roots` have no prerequisite, `unconnected` ones are nobody's
    prerequisite either, and `optional_beside_alternatives` are optional in a skill of which some are enough.
    """

    core_low: float
    core_high: float
    areas: tuple[HoursTotal, ...]
    pathways: tuple[HoursTotal, ...]
    depth: int
    roots: tuple[str, ...]
    unconnected: tuple[str, ...]
    optional_beside_alternatives: tuple[str, ...]


def outline_totals(outline: Outline) -> OutlineTotals:
    """Return the figures of an outline that has no faults."""
    core = {key: skill for key, skill in outline.skills.items() if key not in outline.chosen_by_pathway}
    low, high = hours_of(core.values())
    areas = (
        (area.key, area.title, hours_of(skill for skill in area.skills if skill.key in core))
        for area in outline.areas
    )
    pathways = (
        (pathway.key, pathway.title, hours_of(outline.skills[key] for key in pathway.skills))
        for pathway in outline.pathways
    )
    roots = tuple(key for key, milestone in outline.milestones.items() if not milestone.prerequisites)
    return OutlineTotals(
        core_low=low,
        core_high=high,
        areas=tuple(_total(key, title, hours, low + high) for key, title, hours in areas if hours[1]),
        pathways=tuple(_total(key, title, hours, low + high) for key, title, hours in pathways),
        depth=max(depths(outline).values(), default=0),
        roots=roots,
        unconnected=tuple(
            key for key in roots if not {key, outline.skill_of[key].key} & outline.opened_by.keys()
        ),
        optional_beside_alternatives=tuple(
            milestone.key
            for skill in outline.skills.values()
            for milestone in skill.milestones
            if skill.needs is not None and milestone.optional
        ),
    )


def hours_of(skills: Iterable[SkillOutline]) -> tuple[float, float]:
    """Return the low and high hours of skills; of alternatives only as many count as are needed."""
    low = high = 0.0
    for skill in skills:
        required = skill.required
        counted = 1.0 if skill.needs is None else skill.needs / len(required)
        low += counted * sum(milestone.hours_low for milestone in required)
        high += counted * sum(milestone.hours_high for milestone in required)
    return low, high


def depths(outline: Outline) -> dict[str, int]:
    """Return for each milestone how many are on the longest chain of prerequisites that ends with it."""
    first = {key: [milestone.key for milestone in skill.required] for key, skill in outline.skills.items()}
    first |= {key: list(milestone.prerequisites) for key, milestone in outline.milestones.items()}
    lengths: dict[str, int] = {}
    for key in TopologicalSorter(first).static_order():
        longest = max((lengths[other] for other in first[key]), default=0)
        lengths[key] = longest + (key in outline.milestones)
    return {key: lengths[key] for key in outline.milestones}


def _total(key: str, title: str, hours: tuple[float, float], core: float) -> HoursTotal:
    low, high = hours
    return HoursTotal(key, title, low, high, (low + high) / core if core else 0.0)
