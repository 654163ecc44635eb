"""The rows of a progress report for tables: columns with their names, values of their own type."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from roadmap.domain.reports import ProgressReport, ReportEvidence, ReportMilestone, percents

Cell = str | int | float | bool | date | None

MILESTONE_COLUMNS = ReportMilestone._fields
"""The fields of a milestone are the columns, in their order; the last of them, evidence, becomes a text."""

REPORT_COLUMNS = ("retired", "roadmap", "edition", "person", "as_of", "claimed", "verified")
"""Columns that say which report a row is from, and both numbers in whole percent."""

HEADER = (*MILESTONE_COLUMNS, *REPORT_COLUMNS)


def about_cells(report: ProgressReport) -> tuple[Cell, ...]:
    """What is the same in every row: the columns of the report after the first."""
    return (report.slug, report.edition, report.person, report.as_of, *percents(report.numbers))


def milestone_rows(report: ProgressReport) -> Iterator[list[Cell]]:
    """A row for each milestone in plan order, then those that left the edition."""
    about = about_cells(report)
    for milestones, is_retired in ((report.milestones, False), (report.retired, True)):
        for each in milestones:
            cells: list[Any] = [*each[:-1], evidence_lines(each.evidence)]
            yield [*cells, is_retired, *about]


def evidence_lines(pieces: tuple[ReportEvidence, ...]) -> str:
    """Evidence in one cell, a line for each piece: its title, then its link or its text."""
    return "\n".join(
        ": ".join(part for part in (piece.title, piece.url or piece.text) if part) for piece in pieces
    )
