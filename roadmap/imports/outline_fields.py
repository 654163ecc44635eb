"""The values in a roadmap file, how a YAML scalar becomes one of them, and its parts without milestones."""

import re
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from roadmap.domain.allowed_links import is_web_link
from roadmap.domain.characters import shows_something
from roadmap.domain.roadmaps import outlines
from roadmap.domain.roadmaps.outline_rules import (
    HOUR_STEP,
    KEY_PATTERN,
    LANGUAGE_PATTERN,
    MAX_HOURS,
    MIN_HOURS,
)
from roadmap.domain.roadmaps.pathway_groups import GroupChoice
from roadmap.imports.outline_yaml import Written

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)


def _as_text(value: object) -> object:
    # YAML reads `title: 2024` and `title: yes` as other types, but a text is meant.
    return str(value) if isinstance(value, Written) else value


def read_number(value: object) -> object:
    """Turn a plain decimal number into an int or a float, and leave anything else for the model to reject."""
    if isinstance(value, Written) and value.plain and NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return _as_text(value)


def _as_flag(value: object) -> object:
    if isinstance(value, Written) and value.plain and value in {"true", "false"}:
        return value == "true"
    return _as_text(value)


def _without_controls(value: str) -> str:
    if match := CONTROL.search(value):
        raise ValueError(f"the character U+{ord(match[0]):04X} isn’t allowed in text")
    return value


def _visible(value: str) -> str:
    if not shows_something(value):
        raise ValueError("must have visible characters")
    return value


def _on_one_line(value: str) -> str:
    if len(value.splitlines()) > 1:
        raise ValueError("must stay on one line")
    return value


def _web_address(value: str) -> str:
    if not is_web_link(value):
        raise ValueError("must be a full http:// or https:// address with a host and without a password")
    return value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, Written) else value


def _named_once(topics: list[str]) -> list[str]:
    names = [topic.casefold() for topic in topics]
    repeated = next((topic for topic in topics if names.count(topic.casefold()) > 1), None)
    if repeated is not None:
        raise ValueError(f"“{repeated}” is listed twice")
    return topics


def _up_to(length: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=length)


# Limits come right after the type, or they would be missing from the JSON Schema.
Typed = BeforeValidator(_as_text)
Clean = AfterValidator(_without_controls)
Line = AfterValidator(_on_one_line)
Visible = AfterValidator(_visible)

Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN, max_length=64), Typed]
KEY_SCHEMA = {"type": "string", "pattern": KEY_PATTERN, "maxLength": 64}
EarlierKeys = Annotated[
    list[Key],
    Field(max_length=20),
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [KEY_SCHEMA, {"type": "array", "items": KEY_SCHEMA, "maxItems": 20}]}),
]
GroupKey = Annotated[str, StringConstraints(pattern=KEY_PATTERN, max_length=32), Typed]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN, max_length=35), Typed]
_SAME = r"^([a-z0-9-]+/[a-z0-9-]+|https?://[^\s]+)$"
_SAME_SCHEMA = {"type": "string", "pattern": _SAME, "maxLength": 2000}
SameAs = Annotated[
    list[Annotated[str, StringConstraints(pattern=_SAME, max_length=2_000), Typed]],
    Field(max_length=20),
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [_SAME_SCHEMA, {"type": "array", "items": _SAME_SCHEMA, "maxItems": 20}]}),
]
Topic = Annotated[str, _up_to(60), Typed, Clean, Line, Visible]
Topics = Annotated[list[Topic], Field(max_length=6), AfterValidator(_named_once)]
Title = Annotated[str, _up_to(200), Typed, Clean, Line, Visible]
Sentence = Annotated[str, _up_to(500), Typed, Clean, Line, Visible]
Summary = Annotated[str, _up_to(2_000), Typed, Clean, Visible]
Description = Annotated[str, _up_to(20_000), Typed, Clean, Visible]
Choice = Typed
Count = Annotated[int, Field(ge=1), BeforeValidator(read_number)]
Flag = Annotated[bool, BeforeValidator(_as_flag)]
WebAddress = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^https?://", max_length=2_000),
    Typed,
    AfterValidator(_web_address),
    Field(json_schema_extra={"format": "uri"}),
]
HalfHours = Annotated[
    float, Field(ge=MIN_HOURS, le=MAX_HOURS, multiple_of=HOUR_STEP), BeforeValidator(read_number)
]


class Entry(BaseModel):
    """What all parts of the file share: no unknown fields, no guessing of types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class ResourceEntry(Entry):
    """A place to learn from."""

    title: Title
    url: WebAddress
    type: Annotated[outlines.ResourceType, Field(strict=False), Choice]
    access: Annotated[outlines.ResourceAccess, Field(strict=False), Choice] | None = Field(
        default=None, description="What a learner needs to use it; left out if anyone can."
    )


class PathwayEntry(Entry):
    """A named choice of skills."""

    key: Key
    group: GroupKey
    title: Title
    summary: Summary = ""
    skills: Annotated[list[Key], Field(min_length=1, max_length=200, description="Keys of skills.")]


class GroupEntry(Entry):
    """A question with pathways as its answers."""

    key: GroupKey
    title: Title
    question: Sentence
    choose: Annotated[GroupChoice, Field(strict=False), Choice] = GroupChoice.ANY
