"""A table as CSV, as spreadsheets open it."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from roadmap.domain.table_cells import escape_formula

Cell = str | int | float | bool | date | None

# Without this mark Excel reads UTF-8 as the code page of the country.
BYTE_ORDER_MARK = "\ufeff"


def write_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return RFC 4180 in UTF-8 with a byte order mark; texts that a spreadsheet would compute are escaped."""
    lines = StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(header)
    writer.writerows(map(cell_text, row) for row in rows)
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()


def cell_text(cell: Cell) -> str:
    """Return a value of any type as a cell of text."""
    match cell:
        case None:
            return ""
        case str():
            return escape_formula(cell)
        case bool():
            return "yes" if cell else "no"
        case date():
            return cell.isoformat()
        case _:
            return format(cell, ".15g")
