"""The two numbers as reports show them, in percents, hours and counts, and the outlook as of the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from roadmap.domain.learning.enrollments import Settings, state_changes
from roadmap.domain.learning.numbers import Measure, Numbers
from roadmap.domain.learning.progress import MilestoneState
from roadmap.domain.learning.replay import EventValues
from roadmap.domain.learning.targets import Track, outlook_of
from roadmap.domain.roadmaps.plans import Plan

COUNT = {"ge": 0}
HOURS = {"ge": 0}
PERCENT = {"ge": 0, "le": 100}


def describe(description: str, limits: dict[str, int] | None = None) -> dict[str, Any]:
    """Return the metadata of a field: its limits and its description."""
    return {**(limits or {}), "description": description}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMeasure:
    """One of the two numbers; the percent is floored, 100 only when complete, null for an empty plan."""

    percent: int | None = field(metadata=PERCENT)
    done_weight: float = field(metadata=describe("Midpoint of the estimated hours of what is done.", HOURS))
    total_weight: float = field(
        metadata=describe("Midpoint of the estimated hours of everything that counts.", HOURS)
    )
    milestones_done: int = field(metadata=COUNT)
    milestones_total: int = field(metadata=COUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNumbers:
    """Both numbers over the same milestones, and the make-up of verified."""

    claimed: ReportMeasure
    verified: ReportMeasure
    reviewed: int = field(metadata=describe("Milestones that someone else reviewed and verified.", COUNT))
    # Reports that were frozen before this field existed are read without it.
    signed_off: int = field(
        default=0, metadata=describe("How many of those were signed off in person.", COUNT)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Percents:
    """Both numbers in percent: rounded down, and exact to four decimals, to tell little from nothing."""

    claimed: int | None = field(metadata=PERCENT)
    verified: int | None = field(metadata=PERCENT)
    claimed_exact: float | None = field(metadata=PERCENT)
    verified_exact: float | None = field(metadata=PERCENT)


def percent_fields(claimed: Measure, verified: Measure) -> dict[str, Any]:
    """Return the fields of a `Percents` by name."""
    return {
        "claimed": claimed.percent,
        "verified": verified.percent,
        "claimed_exact": exact_percent(claimed),
        "verified_exact": exact_percent(verified),
    }


def exact_percent(measure: Measure | ReportMeasure) -> float | None:
    """Return the percent to four decimals, or None for an empty plan."""
    if not measure.total_weight:
        return None
    return round(100 * float(measure.done_weight) / float(measure.total_weight), 4)


def number_fields(numbers: Numbers) -> dict[str, Any]:
    """Return the fields of a `ReportNumbers` by name."""
    return {
        "claimed": _measure(numbers.claimed),
        "verified": _measure(numbers.verified),
        "reviewed": numbers.reviewed,
        "signed_off": numbers.signed_off,
    }


def _measure(measure: Measure) -> ReportMeasure:
    return ReportMeasure(
        percent=measure.percent,
        done_weight=round(float(measure.done_weight), 4),
        total_weight=round(float(measure.total_weight), 4),
        milestones_done=measure.milestones_done,
        milestones_total=measure.milestones_total,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOutlook:
    """When the plan may be complete at the current pace, and whether that is by the target."""

    track: Track | None = field(metadata=describe("Null without a target, unless the plan is complete."))
    hours_remaining_low: float = field(metadata=describe("Estimated hours left.", HOURS))
    hours_remaining_high: float = field(metadata=HOURS)
    hours_needed_low: float | None = field(
        metadata=describe("Estimated hours a week that reach the target, in halves.", HOURS)
    )
    hours_needed_high: float | None = field(metadata=HOURS)
    earliest: date | None = field(metadata=describe("The first day of the forecast; null without a pace."))
    latest: date | None


def report_outlook(
    plan: Plan,
    states: Mapping[str, MilestoneState],
    settings: Settings,
    events: Iterable[EventValues],
    *,
    started_on: date,
    as_of: date,
) -> ReportOutlook | None:
    """Return the outlook; None where nothing is judged, as with a hidden forecast."""
    outlook = outlook_of(plan, states, settings, state_changes(events), started_on=started_on, today=as_of)
    if outlook.track is None and outlook.forecast is None:
        return None
    low, high = outlook.remaining
    return ReportOutlook(
        track=outlook.track,
        hours_remaining_low=round(float(low), 2),
        hours_remaining_high=round(float(high), 2),
        hours_needed_low=float(outlook.needed.low) if outlook.needed else None,
        hours_needed_high=float(outlook.needed.high) if outlook.needed else None,
        earliest=outlook.forecast.earliest if outlook.forecast else None,
        latest=outlook.forecast.latest if outlook.forecast else None,
    )
