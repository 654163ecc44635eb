"""The outline of an edition: areas, skills, milestones and pathways as plain, immutable values."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class VerificationMode(StrEnum):
    """Who has to look before a milestone counts as verified."""

    MENTOR = "mentor"
    SELF = "self"


class ResourceType(StrEnum):
    """What one learns from there: by reading, by listening, by doing."""

    DOCS = "docs"
    COURSE = "course"
    PAPER = "paper"
    BOOK = "book"
    TOOL = "tool"
    PRACTICE = "practice"


class PathwayGroup(StrEnum):
    """The question a pathway answers: how one gets in, what one does, where one does it."""

    ENTRY = "entry"
    ROLE = "role"
    SECTOR = "sector"


@dataclass(frozen=True, slots=True)
class ResourceOutline:
    """A place to learn from; `url` is http or https."""

    title: str
    url: str
    type: ResourceType


@dataclass(frozen=True, slots=True)
class MilestoneOutline:
    """A step one can finish; hours are half-hour steps from 0.5 to 999, low ≤ high."""

    key: str
    title: str
    summary: str
    done_when: tuple[str, ...]
    hours_low: float
    hours_high: float
    verification: VerificationMode = VerificationMode.MENTOR
    optional: bool = False
    prerequisites: tuple[str, ...] = ()
    resources: tuple[ResourceOutline, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillOutline:
    """A skill of an area; `needs` is how many of its required milestones suffice, None for all."""

    key: str
    title: str
    summary: str
    milestones: tuple[MilestoneOutline, ...]
    source: str = ""
    needs: int | None = None
    optional: bool = False

    @property
    def required(self) -> tuple[MilestoneOutline, ...]:
        """The milestones that can count: none of an optional skill, and no optional ones."""
        return () if self.optional else tuple(each for each in self.milestones if not each.optional)


@dataclass(frozen=True, slots=True)
class AreaOutline:
    """A theme that holds skills."""

    key: str
    title: str
    summary: str
    skills: tuple[SkillOutline, ...]


@dataclass(frozen=True, slots=True)
class PathwayOutline:
    """A named choice of skills; a skill that some pathway names is in the plan only by choice."""

    key: str
    group: PathwayGroup
    title: str
    summary: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """One whole roadmap as a file holds it and as an edition stores it, in plan order."""

    slug: str
    title: str
    summary: str
    description: str
    source: str
    areas: tuple[AreaOutline, ...]
    pathways: tuple[PathwayOutline, ...] = field(default=())

    @cached_property
    def skills(self) -> dict[str, SkillOutline]:
        """Every skill by key, in plan order."""
        return {skill.key: skill for area in self.areas for skill in area.skills}

    @cached_property
    def milestones(self) -> dict[str, MilestoneOutline]:
        """Every milestone by key, in plan order."""
        return {each.key: each for skill in self.skills.values() for each in skill.milestones}

    @cached_property
    def skill_of(self) -> dict[str, SkillOutline]:
        """The skill of each milestone, by the milestone's key."""
        return {each.key: skill for skill in self.skills.values() for each in skill.milestones}

    @cached_property
    def area_of(self) -> dict[str, AreaOutline]:
        """The area of each skill, by the skill's key."""
        return {skill.key: area for area in self.areas for skill in area.skills}

    @cached_property
    def chosen_by_pathway(self) -> frozenset[str]:
        """Keys of the skills that some pathway names; every other skill is core."""
        return frozenset(key for pathway in self.pathways for key in pathway.skills)

    @cached_property
    def opened_by(self) -> dict[str, list[str]]:
        """Keys of the milestones that name a milestone or a skill as prerequisite, by its key."""
        opened: dict[str, list[str]] = {}
        for key, each in self.milestones.items():
            for prerequisite in each.prerequisites:
                opened.setdefault(prerequisite, []).append(key)
        return opened
