"""The shape of a roadmap file as models, which check its form and yield the published JSON Schema."""

import json
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SerializerFunctionWrapHandler, model_serializer

from roadmap.domain.roadmaps import outlines
from roadmap.domain.roadmaps.outline_documents import read_value
from roadmap.domain.roadmaps.outline_rules import Path
from roadmap.imports.outline_fields import (
    Choice,
    Count,
    Description,
    EarlierKeys,
    Entry,
    Flag,
    GroupEntry,
    HalfHours,
    Key,
    Language,
    PathwayEntry,
    ResourceEntry,
    SameAs,
    Sentence,
    Summary,
    Title,
    Topics,
    read_number,
)


class MilestoneEntry(Entry):
    """A step that a learner can finish and show."""

    key: Key
    title: Title
    summary: Summary = ""
    done_when: Annotated[list[Sentence], Field(min_length=1, max_length=10)]
    hours: Annotated[list[HalfHours], Field(min_length=2, max_length=2, description="From low to high.")]
    optional: Flag = False
    verification: Annotated[outlines.VerificationMode, Field(strict=False), Choice] = (
        outlines.VerificationMode.MENTOR
    )
    prerequisites: list[Key] = Field(default=[], max_length=50, description="Keys of milestones or skills.")
    resources: list[ResourceEntry] = Field(default=[], max_length=20)
    topics: Topics = Field(default=[], description="The field's own terms for what it teaches.")
    was: EarlierKeys = Field(default=[], description="The key or keys it had in earlier editions.")
    same_as: SameAs = Field(default=[], description="The same in other roadmaps, as slug/key or an address.")

    @model_serializer(mode="wrap")
    def _with_both_hours(self, dump: SerializerFunctionWrapHandler) -> dict[str, object]:
        return {**dump(self), "hours_low": self.hours[0], "hours_high": self.hours[1]}


class SkillEntry(Entry):
    """A skill; core unless a pathway names it."""

    key: Key
    title: Title
    summary: Summary = ""
    source: Sentence = Field(default="", description="The source of the skill.")
    optional: Flag = Field(default=False, description="An optional skill never counts.")
    needs: Count | None = Field(
        default=None,
        description="How many of its required milestones are enough; if left out, all are needed.",
    )
    was: EarlierKeys = Field(default=[], description="The key or keys it had in earlier editions.")
    same_as: SameAs = Field(default=[], description="The same in other roadmaps, as slug/key or an address.")
    milestones: Annotated[list[MilestoneEntry], Field(min_length=1)]


class AreaEntry(Entry):
    """A theme with its skills."""

    key: Key
    title: Title
    summary: Summary = ""
    skills: Annotated[list[SkillEntry], Field(min_length=1)]


class RoadmapEntry(Entry):
    """A roadmap file: one whole roadmap, from its title to the last resource."""

    format: Annotated[Literal[1], BeforeValidator(read_number)]
    slug: Key
    title: Title
    summary: Sentence
    description: Description = ""
    source: Sentence = Field(default="", description="What the roadmap is modeled on.")
    language: Language = Field(default="", description="A language tag such as de or pt-BR.")
    groups: Annotated[list[GroupEntry], Field(max_length=20)] = Field(
        default=[], description="The groups of its pathways; entry, role and sector if left out."
    )
    pathways: list[PathwayEntry] = Field(default=[])
    areas: Annotated[list[AreaEntry], Field(min_length=1)]

    def outline(self) -> outlines.Outline:
        """Return the whole roadmap; its rules are not checked yet."""
        outline: outlines.Outline = read_value(outlines.Outline, self.model_dump())
        return outline


PARTS: dict[str | int, type[Entry]] = {
    "areas": AreaEntry,
    "skills": SkillEntry,
    "milestones": MilestoneEntry,
    "resources": ResourceEntry,
    "pathways": PathwayEntry,
    "groups": GroupEntry,
}


def fields_beside(path: Path) -> tuple[str, ...]:
    """Return the names of the fields that the part of the file around a value may have."""
    parts = [PARTS[step] for step in path[:-1] if step in PARTS]
    return tuple((parts[-1] if parts else RoadmapEntry).model_fields)


def outline_schema() -> bytes:
    """Return the JSON Schema that `docs/roadmap-file.schema.json` publishes."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **RoadmapEntry.model_json_schema(),
        "title": "Roadmap file",
    }
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()
