"""The shape of a report in JSON as models, which yield the published JSON Schema."""

import json
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from roadmap.domain.issued_reports import IssuedAs
from roadmap.domain.progress import Status, Verification

Count = Annotated[int, Field(ge=0)]
Hours = Annotated[float, Field(ge=0)]
Percent = Annotated[int, Field(ge=0, le=100)]


class Value(BaseModel):
    """What all parts share: no unknown fields, no NaN."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class MeasureValue(Value):
    """One of the two numbers; the percent is floored, 100 only when complete, null for an empty plan."""

    percent: Percent | None
    done_weight: Hours = Field(description="Middle hours of what is done.")
    total_weight: Hours = Field(description="Middle hours of all that counts.")
    milestones_done: Count
    milestones_total: Count


class NumbersValue(Value):
    """Both numbers over the same milestones, and the make-up of verified."""

    claimed: MeasureValue
    verified: MeasureValue
    reviewed: Count
    self_checked: Count = Field(description="Milestones that need no review.")


class SkillValue(NumbersValue):
    """A skill; outside the plan its numbers are empty."""

    key: str
    title: str
    in_plan: bool
    needs: int | None = Field(description="How many of its milestones suffice; null for all of them.")


class AreaValue(NumbersValue):
    """An area with its skills."""

    key: str
    title: str
    skills: list[SkillValue]


class EvidenceValue(Value):
    """A piece of evidence: a link or a text."""

    title: str
    url: str | None
    text: str | None


class MilestoneValue(Value):
    """A milestone as of the day; all days are the learner's own."""

    key: str
    title: str
    area: str
    skill: str
    in_plan: bool
    optional: bool
    status: Status
    verification: Verification
    known: bool = Field(description="Known before, so it counts for the numbers and not for the pace.")
    hours_low: Hours
    hours_high: Hours
    hours_credited: Hours
    done_on: date | None = Field(description="The day it happened.")
    recorded_on: date | None = Field(description="The day it went on record.")
    verified_on: date | None
    reviewer: str | None = Field(description="The name at that time.")
    reason: str | None = Field(description="Why it was skipped; left out together with evidence.")
    rounds: Count = Field(description="Submissions that were answered or wait.")
    returns: Count
    waited_days: Count | None = Field(description="Days until the last answer.")
    evidence: list[EvidenceValue]


class ChangeValue(Value):
    """Both numbers at the end of an earlier day, and what came after it."""

    since: date
    claimed: Percent | None
    verified: Percent | None
    done: list[str]
    verified_titles: list[str]


class PointValue(Value):
    """Both numbers at the end of a day on which something was recorded."""

    day: date
    claimed: Percent | None
    verified: Percent | None


class RoadmapValue(Value):
    """Which roadmap, in which edition."""

    slug: str
    title: str
    edition: Annotated[int, Field(ge=1)]


class IssuedValue(Value):
    """What a frozen report says about itself; whoever has a copy can check it at `verify_at`."""

    identifier: str
    verify_at: str
    issued_on: date
    issued_as: IssuedAs
    issued_by: str | None = Field(description="The name at that time; null where names are left out.")


class ReportValue(NumbersValue):
    """A progress report: what one person had done on one roadmap at the end of a day."""

    format: Literal[1]
    as_of: date
    person: str
    roadmap: RoadmapValue
    pathways: list[str]
    started_on: date
    target_on: date | None
    computation: str
    extra: Count = Field(description="Milestones done outside the plan.")
    hours_credited: Hours
    areas: list[AreaValue]
    milestones: list[MilestoneValue]
    retired: list[MilestoneValue] = Field(description="Completed before they left the edition.")
    change: ChangeValue | None
    series: list[PointValue]
    shows_evidence: bool
    shows_names: bool
    issued: IssuedValue | None = Field(description="Null for a report that is not frozen.")


def report_schema() -> bytes:
    """Return the JSON Schema that `docs/report.schema.json` publishes."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ReportValue.model_json_schema(mode="serialization"),
        "title": "Progress report",
    }
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()
