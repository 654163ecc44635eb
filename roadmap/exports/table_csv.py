"""A plain table as CSV, as spreadsheets open it."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from roadmap.exports.report_csv import BYTE_ORDER_MARK, Cell, cell_text


def write_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return RFC 4180 in UTF-8 with a byte order mark; texts that a spreadsheet would compute are escaped."""
    lines = StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(header)
    writer.writerows(map(cell_text, row) for row in rows)
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()
