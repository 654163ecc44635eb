"""The small parts of a roadmap file: resources, pathways and their groups."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from roadmap.domain.roadmaps import outlines
from roadmap.domain.roadmaps.pathway_groups import GroupChoice, GroupOutline
from roadmap.imports.outline_fields import Choice, GroupKey, Key, Sentence, Summary, Title, WebAddress


class Entry(BaseModel):
    """What all parts of the file share: no unknown fields, no guessing of types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class ResourceEntry(Entry):
    """A place to learn from."""

    title: Title
    url: WebAddress
    type: Annotated[outlines.ResourceType, Field(strict=False), Choice]
    access: Annotated[outlines.ResourceAccess, Field(strict=False), Choice] | None = Field(
        default=None, description="What a learner needs for it; left out where anyone can use it."
    )

    def outline(self) -> outlines.ResourceOutline:
        """Return the resource as a value of the domain."""
        return outlines.ResourceOutline(title=self.title, url=self.url, type=self.type, access=self.access)


class PathwayEntry(Entry):
    """A named choice of skills."""

    key: Key
    group: GroupKey
    title: Title
    summary: Summary = ""
    skills: Annotated[list[Key], Field(min_length=1, max_length=200, description="Keys of skills.")]

    def outline(self) -> outlines.PathwayOutline:
        """Return the pathway with the keys of its skills."""
        return outlines.PathwayOutline(
            key=self.key, group=self.group, title=self.title, summary=self.summary, skills=tuple(self.skills)
        )


class GroupEntry(Entry):
    """A question with pathways as its answers."""

    key: GroupKey
    title: Title
    question: Sentence
    choose: Annotated[GroupChoice, Field(strict=False), Choice] = GroupChoice.ANY

    def outline(self) -> GroupOutline:
        """Return the group as a value of the domain."""
        return GroupOutline(self.key, self.title, self.question, self.choose)
