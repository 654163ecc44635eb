"""The progress report: what a person had done as of a day, as plain values that every format is made of.

The dataclasses are the shape of the published JSON, with the same names and nesting. The metadata of a field
holds its limits and its description for the JSON Schema, as the arguments of pydantic's `Field`.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from roadmap.domain.learning.numbers import describe_reviews
from roadmap.domain.reports.file_names import name_file
from roadmap.domain.reports.numbers import COUNT, HOURS, Percents, ReportNumbers, ReportOutlook, describe
from roadmap.domain.reports.rows import (
    Listed,
    ReportMilestone,
    Reviewer,
    SkillTopics,
    describe_reviewers,
    topics_by_skill,
)
from roadmap.domain.reports.seals import Seal

FORMULA: Literal[2] = 2
"""Under the first formula, verified also counted milestones that ask for no review."""
COMPUTATION = (
    "Claimed counts what the learner says is done; verified counts the part of it that "
    "someone else reviewed and verified. "
    "Each milestone is weighted by the midpoint of its estimated hours; percentages are rounded down."
)

ONLY_NOTES = {
    Listed.DONE: "Only milestones that are done are listed. Both numbers cover the whole plan.",
    Listed.VERIFIED: "Only verified milestones are listed. Both numbers cover the whole plan.",
}


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """Which report to make: as of a day (None: today), since a day, with or without evidence and names.

    `installation` is the name of the installation that makes it.
    """

    as_of: date | None = None
    since: date | None = None
    shows_evidence: bool = True
    shows_names: bool = True
    installation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSkill(ReportNumbers):
    """A skill with its numbers; outside the plan they are empty."""

    key: str
    title: str
    in_plan: bool
    needs: int | None = field(metadata=describe("Number of milestones required; null for all of them."))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportArea(ReportNumbers):
    """An area with its numbers and skills."""

    key: str
    title: str
    skills: tuple[ReportSkill, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPoint(Percents):
    """Both numbers at the end of a day on which something was recorded."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSince(Percents):
    """Both numbers at the end of an earlier day, and titles of what was done and verified after it."""

    since: date
    done: tuple[str, ...]
    verified_titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportRoadmap:
    """Which roadmap, in which edition."""

    slug: str
    title: str
    edition: int = field(metadata={"ge": 1})
    language: str = field(
        default="", metadata=describe("The language tag of its texts; empty if it is not known.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport(ReportNumbers):
    """A progress report: what one person had done on one roadmap at the end of a day."""

    format: Literal[1]
    formula: Literal[1, 2] = field(
        metadata=describe("How both numbers are computed; files without it use the first formula.")
    )
    as_of: date
    person: str
    roadmap: ReportRoadmap
    pathways: tuple[str, ...]
    started_on: date
    target_on: date | None = field(
        metadata=describe("The learner's own target; null in shared and in frozen reports.")
    )
    computation: str
    extra: int = field(metadata=describe("Milestones done outside the plan.", COUNT))
    hours_credited: float = field(metadata=describe("Estimated hours of what is done.", HOURS))
    areas: tuple[ReportArea, ...]
    milestones: tuple[ReportMilestone, ...]
    retired: tuple[ReportMilestone, ...] = field(metadata=describe("Completed before they left the edition."))
    change: ChangeSince | None
    series: tuple[SeriesPoint, ...]
    shows_evidence: bool
    shows_names: bool
    issued: Seal | None = field(metadata=describe("Null for a report that is not frozen."))
    installation: str = field(
        default="", metadata=describe("The software that created it; empty in older reports.")
    )
    outlook: ReportOutlook | None = field(
        default=None,
        metadata=describe(
            "Null while the forecast is hidden or the roadmap is paused, and in shared and frozen reports."
        ),
    )
    only: Listed = field(
        default=Listed.ALL, metadata=describe("Which milestones are listed; the numbers count all of them.")
    )

    @property
    def made_of(self) -> str:
        """The make-up of verified in words; the first formula also counted milestones without a review."""
        unreviewed = self.verified.milestones_done - self.reviewed
        if unreviewed:
            return f"{self.reviewed} reviewed, {unreviewed} not reviewed"
        return describe_reviews(self.reviewed, self.signed_off)

    @property
    def reviewers(self) -> dict[Reviewer, int]:
        """How many milestones each reviewer verified, most first."""
        verified = (milestone.reviewed_by for milestone in (*self.milestones, *self.retired))
        return dict(Counter(reviewer for reviewer in verified if reviewer is not None).most_common())

    @property
    def verified_by(self) -> str:
        """A sentence on who verified how many milestones and how each is known; empty where nobody did."""
        return describe_reviewers(self.reviewers)

    @property
    def topics(self) -> dict[tuple[str, str], SkillTopics]:
        """The topics of what is done, by the titles of area and skill."""
        return topics_by_skill(self.milestones)

    @property
    def only_note(self) -> str:
        """A sentence on which milestones are listed; empty where all are."""
        return ONLY_NOTES.get(self.only, "")

    @property
    def file_name(self) -> str:
        """The name of a file without its extension: person, slug and day."""
        return name_file(self.person, self.roadmap.slug, self.as_of)


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """A report that is to be frozen, and the seal that its files will carry.

    `only` is which milestones both files list; without it, those that each format lists by itself.
    """

    code: str
    report: ProgressReport
    seal: Seal
    only: Listed | None = None
