"""A progress report as CSV: one row for each milestone, under headers that stay."""

import csv
from datetime import date
from io import StringIO
from typing import Any, get_type_hints

from roadmap.domain.reports import ProgressReport, ReportMilestone
from roadmap.exports.cells import neutralise
from roadmap.exports.report_rows import HEADER, Cell, about_cells, evidence_lines

# Without this mark Excel reads UTF-8 as the code page of the country.
BYTE_ORDER_MARK = "\ufeff"
TRUTHS = {False: "no", True: "yes"}


def _places_of(*kinds: object) -> tuple[int, ...]:
    """Where the columns of these types are: a report has thousands of cells, and their types are known."""
    hints = get_type_hints(ReportMilestone)
    return tuple(place for place, name in enumerate(ReportMilestone._fields) if hints[name] in kinds)


_TEXTS, _TRUTHS, _HOURS = _places_of(str, str | None), _places_of(bool), _places_of(float)


def write_csv(report: ProgressReport) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark; texts neutralised, days as 2026-03-02, yes or no."""
    lines = StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(HEADER)
    about = [show_cell(cell) for cell in about_cells(report)]
    for milestones, is_retired in ((report.milestones, False), (report.retired, True)):
        writer.writerows([*_shown(each), TRUTHS[is_retired], *about] for each in milestones)
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()


def _shown(each: ReportMilestone) -> list[Any]:
    """The cells of one milestone; days, numbers and words without a sign are written as they are."""
    cells: list[Any] = list(each)
    for place in _TEXTS:
        if cells[place]:
            cells[place] = neutralise(cells[place])
    for place in _TRUTHS:
        cells[place] = TRUTHS[cells[place]]
    for place in _HOURS:
        cells[place] = f"{cells[place]:.15g}"
    cells[-1] = neutralise(evidence_lines(each.evidence)) if each.evidence else ""
    return cells


def show_cell(cell: Cell) -> str:
    """A value of any type as a cell of text."""
    match cell:
        case None:
            return ""
        case str():
            return neutralise(cell)
        case bool():
            return TRUTHS[cell]
        case date():
            return cell.isoformat()
        case _:
            return format(cell, ".15g")
