"""The groups of pathways: questions that a roadmap asks, with pathways as their answers."""

from dataclasses import dataclass
from enum import StrEnum


class PathwayGroup(StrEnum):
    """The keys of the default groups, for a roadmap that names none of its own."""

    ENTRY = "entry"
    ROLE = "role"
    SECTOR = "sector"


class GroupChoice(StrEnum):
    """How many pathways of a group learners usually choose; this isn't enforced."""

    ONE = "one"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class GroupOutline:
    """A question with pathways as its answers."""

    key: str
    title: str
    question: str
    choose: GroupChoice = GroupChoice.ANY


DEFAULT_GROUPS = (
    GroupOutline(PathwayGroup.ENTRY, "Entry routes", "How are you getting into the field?"),
    GroupOutline(PathwayGroup.ROLE, "Roles", "What do you want to do?"),
    GroupOutline(PathwayGroup.SECTOR, "Sectors", "Where do you want to work?"),
)
