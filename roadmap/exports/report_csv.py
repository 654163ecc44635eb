"""A progress report as CSV, and its rows, which the workbook shares: one for each milestone."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from roadmap.domain.reports.numbers import ReportMeasure, exact_percent
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import ReportEvidence, ReportMilestone
from roadmap.exports.table_csv import Cell, write_table

ADDED_COLUMNS = (
    *("reviewer_known_as", "reviewer_domain", "signed_off"),
    *("criteria", "topics", "submitted_on", "returned_on"),
)
"""Columns of milestones that are newer than the others; they come last, because columns keep their order."""

MILESTONE_COLUMNS = tuple(field.name for field in fields(ReportMilestone) if field.name not in ADDED_COLUMNS)
REPORT_COLUMNS = ("retired", "roadmap", "edition", "person", "as_of", "claimed", "verified")
"""Columns that say which report a row is from, and both numbers in percent."""

HEADER = (*MILESTONE_COLUMNS, *REPORT_COLUMNS, *ADDED_COLUMNS)


def write_csv(report: ProgressReport) -> bytes:
    """Return RFC 4180 in UTF-8 with a byte order mark; formulas escaped, days as 2026-03-02, yes or no."""
    return write_table(HEADER, milestone_rows(report))


def milestone_rows(report: ProgressReport) -> Iterator[list[Cell]]:
    """Yield a row for each milestone in plan order, then those that left the edition."""
    roadmap = report.roadmap
    percents = (percent_cell(report.claimed), percent_cell(report.verified))
    about = (roadmap.slug, roadmap.edition, report.person, report.as_of, *percents)
    for milestones, is_retired in ((report.milestones, False), (report.retired, True)):
        for milestone in milestones:
            cells, added = (
                [_cell(milestone, name) for name in names] for names in (MILESTONE_COLUMNS, ADDED_COLUMNS)
            )
            yield [*cells, is_retired, *about, *added]


def _cell(milestone: ReportMilestone, name: str) -> Cell:
    """A field as a cell; evidence, criteria and topics have one line for each piece."""
    value: Cell | tuple[Any, ...] = getattr(milestone, name)
    return "\n".join(map(_line, value)) if isinstance(value, tuple) else value


def _line(piece: ReportEvidence | str) -> str:
    """Evidence as its title, its link, its text; anything else as it is."""
    if isinstance(piece, str):
        return piece
    return ": ".join(part for part in (piece.title, piece.url, piece.text) if part)


def percent_cell(measure: ReportMeasure) -> int | float | None:
    """Return whole percent, rounded down, or the exact value below one percent; None for an empty plan."""
    return measure.percent or exact_percent(measure)
