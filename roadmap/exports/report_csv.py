"""A progress report as CSV: one row for each milestone, under headers that stay."""

import csv
from datetime import date
from io import StringIO

from roadmap.domain.reports import ProgressReport
from roadmap.exports.cells import neutralise
from roadmap.exports.report_rows import HEADER, Cell, milestone_rows

# Without this mark Excel reads UTF-8 as the code page of the country.
BYTE_ORDER_MARK = "\ufeff"


def write_csv(report: ProgressReport) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark; texts neutralised, days as 2026-03-02, yes or no."""
    lines = StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(HEADER)
    writer.writerows([_shown(cell) for cell in row] for row in milestone_rows(report))
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return neutralise(cell)
        case bool():
            return "yes" if cell else "no"
        case date():
            return cell.isoformat()
        case _:
            return format(cell, ".15g")
