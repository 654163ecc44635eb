"""The forecast and the target of a report, as of its day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from roadmap.domain.learning.enrollments import EnrollmentState, Settings
from roadmap.domain.learning.progress import MilestoneState
from roadmap.domain.learning.replay import EventValues
from roadmap.domain.learning.targets import Track, outlook_of
from roadmap.domain.reports.numbers import HOURS, describe
from roadmap.domain.roadmaps.plans import Plan


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
    changes = [
        (event.recorded_on, EnrollmentState(event.settings["state"]))
        for event in events
        if event.settings is not None
    ]
    found = outlook_of(plan, states, settings, changes, started_on=started_on, today=as_of)
    if found.track is None and found.forecast is None:
        return None
    low, high = found.remaining
    return ReportOutlook(
        track=found.track,
        hours_remaining_low=round(float(low), 2),
        hours_remaining_high=round(float(high), 2),
        hours_needed_low=float(found.needed.low) if found.needed else None,
        hours_needed_high=float(found.needed.high) if found.needed else None,
        earliest=found.forecast.earliest if found.forecast else None,
        latest=found.forecast.latest if found.forecast else None,
    )
