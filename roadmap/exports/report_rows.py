"""The rows of a progress report for tables: columns with their names, values of their own type."""

from collections.abc import Callable, Iterator
from datetime import date

from roadmap.domain.reports import ProgressReport, ReportEvidence, ReportMilestone, percents

Cell = str | int | float | bool | date | None

MILESTONE_COLUMNS: dict[str, Callable[[ReportMilestone], Cell]] = {
    "key": lambda each: each.key,
    "title": lambda each: each.title,
    "area": lambda each: each.area,
    "skill": lambda each: each.skill,
    "in_plan": lambda each: each.in_plan,
    "optional": lambda each: each.optional,
    "status": lambda each: each.status.value,
    "verification": lambda each: each.verification.value,
    "known": lambda each: each.known,
    "hours_low": lambda each: each.hours_low,
    "hours_high": lambda each: each.hours_high,
    "hours_credited": lambda each: each.hours_credited,
    "done_on": lambda each: each.done_on,
    "recorded_on": lambda each: each.recorded_on,
    "verified_on": lambda each: each.verified_on,
    "reviewer": lambda each: each.reviewer,
    "reason": lambda each: each.reason,
    "rounds": lambda each: each.rounds,
    "returns": lambda each: each.returns,
    "waited_days": lambda each: each.waited_days,
    "evidence": lambda each: "\n".join(map(evidence_line, each.evidence)),
}
REPORT_COLUMNS = ("retired", "roadmap", "edition", "person", "as_of", "claimed", "verified")
"""Columns that say which report a row is from, and both numbers in whole percent."""

HEADER = (*MILESTONE_COLUMNS, *REPORT_COLUMNS)


def milestone_rows(report: ProgressReport) -> Iterator[list[Cell]]:
    """A row for each milestone in plan order, then those that left the edition."""
    about: list[Cell] = [report.slug, report.edition, report.person, report.as_of, *percents(report.numbers)]
    for milestones, is_retired in ((report.milestones, False), (report.retired, True)):
        for milestone in milestones:
            values = [value(milestone) for value in MILESTONE_COLUMNS.values()]
            yield [*values, is_retired, *about]


def evidence_line(piece: ReportEvidence) -> str:
    """A piece of evidence in one cell: its title, then its link or its text."""
    return ": ".join(part for part in (piece.title, piece.url or piece.text) if part)
