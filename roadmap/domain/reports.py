"""The progress report: what a person had done as of a day, as plain values that every format is made of."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from roadmap.domain.numbers import Measure, Numbers
from roadmap.domain.progress import Status, Verification


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """Which report: as of a day (None: today), since a day, with or without evidence and names."""

    as_of: date | None = None
    since: date | None = None
    shows_evidence: bool = True
    shows_names: bool = True


@dataclass(frozen=True, slots=True)
class ReportEvidence:
    """A piece of evidence: a title with a link or a text."""

    title: str
    url: str | None
    text: str | None


class ReportMilestone(NamedTuple):
    """One milestone as of the day; days are the learner's own, hours are the range and what is credited.

    The order of the fields is that of the columns in tables; a report makes a hundred of them.
    `done_on` is the day it happened, `recorded_on` the day it went on record. `reviewer` is the name at
    that time. `rounds` counts submissions that were answered or wait, `returns` those that came back,
    `waited_days` the days until the last answer.
    """

    key: str
    title: str
    area: str
    skill: str
    in_plan: bool
    optional: bool
    status: Status
    verification: Verification
    known: bool
    hours_low: float
    hours_high: float
    hours_credited: float
    done_on: date | None
    recorded_on: date | None
    verified_on: date | None
    reviewer: str | None
    reason: str | None
    rounds: int
    returns: int
    waited_days: int | None
    evidence: tuple[ReportEvidence, ...]


@dataclass(frozen=True, slots=True)
class ReportSkill:
    """A skill with its numbers; outside the plan they are empty."""

    key: str
    title: str
    in_plan: bool
    needs: int | None
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class ReportArea:
    """An area with its numbers and skills."""

    key: str
    title: str
    numbers: Numbers
    skills: tuple[ReportSkill, ...]


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """Both numbers, whole percent, at the end of a day on which something was recorded."""

    day: date
    claimed: int | None
    verified: int | None


@dataclass(frozen=True, slots=True)
class ChangeSince:
    """Both numbers at the end of an earlier day, and titles of what was done and verified after it."""

    since: date
    claimed: int | None
    verified: int | None
    done: tuple[str, ...]
    verified_titles: tuple[str, ...]


@dataclass(frozen=True)
class ProgressReport:
    """One enrollment as of the end of a day; `retired` left the edition and was completed before.

    `files` are those of its files that were made already, by format: kept with the report, gone with it.
    """

    person: str
    slug: str
    title: str
    edition: int
    pathways: tuple[str, ...]
    started_on: date
    as_of: date
    target_on: date | None
    numbers: Numbers
    areas: tuple[ReportArea, ...]
    milestones: tuple[ReportMilestone, ...]
    retired: tuple[ReportMilestone, ...]
    change: ChangeSince | None
    series: tuple[SeriesPoint, ...]
    shows_evidence: bool = True
    shows_names: bool = True

    @property
    def hours_credited(self) -> float:
        """Middle hours of all that is done, in the plan or beside it."""
        return sum(each.hours_credited for each in (*self.milestones, *self.retired))

    @property
    def file_name(self) -> str:
        """The name of a file without its ending: slug and day, nothing that somebody typed."""
        return f"{self.slug}-{self.as_of.isoformat()}"


COMPUTATION = (
    "Claimed counts what the learner says is done, verified what of it was reviewed or needs no review. "
    "Each milestone weighs the middle of its hours; percents are rounded down."
)


def percents(numbers: Numbers) -> tuple[int | None, int | None]:
    """Claimed and verified in whole percent."""
    return numbers.claimed.percent, numbers.verified.percent


def measure_values(measure: Measure) -> dict[str, Any]:
    """A measure as programs get it: percent, weights in hours, counts."""
    return {
        "percent": measure.percent,
        "done_weight": round(float(measure.done_weight), 4),
        "total_weight": round(float(measure.total_weight), 4),
        "milestones_done": measure.milestones_done,
        "milestones_total": measure.milestones_total,
    }
