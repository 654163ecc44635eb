"""The outline of an edition: areas, skills, milestones and pathways as plain, immutable values."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from roadmap.domain.roadmaps.pathway_groups import DEFAULT_GROUPS, GroupOutline

LATER_FIELD = {"left out of the content hash at its default": True}
"""Metadata of a field that is newer than some editions, whose hashes must stay what they are."""


class VerificationMode(StrEnum):
    """Whether a mentor's review is required, or optional (`self`)."""

    MENTOR = "mentor"
    SELF = "self"


class ResourceType(StrEnum):
    """The type of a learning resource."""

    DOCS = "docs"
    COURSE = "course"
    PAPER = "paper"
    BOOK = "book"
    TOOL = "tool"
    PRACTICE = "practice"


class ResourceAccess(StrEnum):
    """A restriction on the use of a resource; most have none."""

    ACCOUNT = "account"
    NON_COMMERCIAL = "non-commercial"
    PAID = "paid"

    @property
    def label(self) -> str:
        """What it says beside a link."""
        return _ACCESS_LABELS[self]


_ACCESS_LABELS = {
    ResourceAccess.ACCOUNT: "free account",
    ResourceAccess.NON_COMMERCIAL: "non-commercial use",
    ResourceAccess.PAID: "paid",
}


@dataclass(frozen=True, slots=True)
class ResourceOutline:
    """A learning resource; `url` is http or https, and `access` is None where anybody may use it."""

    title: str
    url: str
    type: ResourceType
    access: ResourceAccess | None = field(default=None, metadata=LATER_FIELD)


@dataclass(frozen=True, slots=True)
class MilestoneOutline:
    """A step that can be completed; hours are from 0.5 to 999 in steps of 0.5, low ≤ high.

    `topics` are the names the field has for what it teaches, `was` the keys it had in earlier editions.
    """

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
    topics: tuple[str, ...] = field(default=(), metadata=LATER_FIELD)
    was: tuple[str, ...] = field(default=(), metadata=LATER_FIELD)
    same_as: tuple[str, ...] = field(default=(), metadata=LATER_FIELD)


@dataclass(frozen=True, slots=True)
class SkillOutline:
    """A skill of an area; `needs` of its required milestones are enough, or all of them when it is None.

    `was` has the keys it had in earlier editions.
    """

    key: str
    title: str
    summary: str
    milestones: tuple[MilestoneOutline, ...]
    source: str = ""
    needs: int | None = None
    optional: bool = False
    was: tuple[str, ...] = field(default=(), metadata=LATER_FIELD)
    same_as: tuple[str, ...] = field(default=(), metadata=LATER_FIELD)

    @property
    def required(self) -> tuple[MilestoneOutline, ...]:
        """The milestones that can count: those that are not optional, and none of an optional skill."""
        return (
            ()
            if self.optional
            else tuple(milestone for milestone in self.milestones if not milestone.optional)
        )


@dataclass(frozen=True, slots=True)
class AreaOutline:
    """A group of skills."""

    key: str
    title: str
    summary: str
    skills: tuple[SkillOutline, ...]


@dataclass(frozen=True, slots=True)
class PathwayOutline:
    """A named set of skills; a skill in any pathway is in the plan only if such a pathway is chosen."""

    key: str
    group: str
    title: str
    summary: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """A whole roadmap as in a file or an edition; everything is in plan order.

    `language` is a tag such as `de` or `pt-BR`, empty where the file doesn't say.
    """

    slug: str
    title: str
    summary: str
    description: str
    source: str
    areas: tuple[AreaOutline, ...]
    pathways: tuple[PathwayOutline, ...] = field(default=())
    groups: tuple[GroupOutline, ...] = field(default=(), metadata=LATER_FIELD)
    language: str = field(default="", metadata=LATER_FIELD)

    @property
    def pathway_groups(self) -> tuple[GroupOutline, ...]:
        """The groups of its pathways: its own, or those that every roadmap has."""
        return self.groups or DEFAULT_GROUPS

    @cached_property
    def skills(self) -> dict[str, SkillOutline]:
        """Every skill by key, in plan order."""
        return {skill.key: skill for area in self.areas for skill in area.skills}

    @cached_property
    def milestones(self) -> dict[str, MilestoneOutline]:
        """Every milestone by key, in plan order."""
        return {milestone.key: milestone for skill in self.skills.values() for milestone in skill.milestones}

    @cached_property
    def titles(self) -> dict[str, str]:
        skills = {key: skill.title for key, skill in self.skills.items()}
        return skills | {key: milestone.title for key, milestone in self.milestones.items()}

    @cached_property
    def skill_of(self) -> dict[str, SkillOutline]:
        return {milestone.key: skill for skill in self.skills.values() for milestone in skill.milestones}

    @cached_property
    def area_of(self) -> dict[str, AreaOutline]:
        return {skill.key: area for area in self.areas for skill in area.skills}

    @cached_property
    def chosen_by_pathway(self) -> frozenset[str]:
        """Keys of the skills that some pathway names; every other skill is core."""
        return frozenset(key for pathway in self.pathways for key in pathway.skills)

    @cached_property
    def opened_by(self) -> dict[str, list[str]]:
        """Keys of the milestones that name a milestone or a skill as prerequisite, by its key."""
        opened: dict[str, list[str]] = {}
        for key, milestone in self.milestones.items():
            for prerequisite in milestone.prerequisites:
                opened.setdefault(prerequisite, []).append(key)
        return opened
