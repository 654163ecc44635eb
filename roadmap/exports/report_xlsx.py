"""A progress report as a workbook: summary, milestones, evidence and history, with real dates and filters."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from roadmap.domain.reports.numbers import ReportNumbers
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.table_cells import escape_formula
from roadmap.exports.report_csv import HEADER, milestone_rows, percent_cell
from roadmap.exports.table_csv import Cell

MAX_CHARACTERS = 32_767
"""The limit of a cell; a longer text is whole in the JSON only."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDTHS = {"title": 44, "area": 24, "skill": 24, "reason": 32, "reviewer": 20, "person": 20}
WIDTHS |= {"evidence": 48, "criteria": 48, "topics": 24}
HEADINGS = {
    "known": "Already known",
    "hours_low": "Minimum hours",
    "hours_high": "Maximum hours",
    "hours_credited": "Estimated hours",
    "rounds": "Submissions",
    "returns": "Times returned",
    "waited_days": "Days until the last review",
    "retired": "No longer in this edition",
    "reviewer_known_as": "How the reviewer is known",
    "reviewer_domain": "Reviewer's domain",
    "signed_off": "Signed off in person",
    "counted": "Milestones",
    "url": "Link",
}
"""What people call the columns whose names don't say it."""

PERCENTS = {"claimed", "verified"}
NUMBERS = ("claimed", "verified", "done", "reviewed", "counted")


def write_xlsx(report: ProgressReport) -> bytes:
    """Return the workbook; the same report is the same bytes."""
    file = BytesIO()
    with Workbook(file, OPTIONS) as workbook:
        workbook.set_properties(_properties(report))
        sheets = _Sheets(workbook)
        _summarise(sheets, report)
        sheets.add("Milestones", HEADER, milestone_rows(report), WIDTHS)
        sheets.add("Evidence", *_evidence(report), {"milestone": 32, "title": 44, "url": 60, "text": 80})
        history: list[list[Cell]] = [
            [point.day, point.claimed or point.claimed_exact, point.verified or point.verified_exact]
            for point in report.series
        ]
        _draw(workbook, sheets.add("History", ("day", "claimed", "verified"), history, {}), len(history))
    return file.getvalue()


def heading_of(name: str) -> str:
    """Return what people call a column: `Done on` for `done_on`."""
    return HEADINGS.get(name, name.replace("_", " ").capitalize())


def _properties(report: ProgressReport) -> dict[str, object]:
    # Without `created`, the workbook would have the current time, and other bytes each time.
    title = f"{report.roadmap.title}, {report.as_of.isoformat()}"
    return {"title": title, "author": report.person, "created": datetime.combine(report.as_of, time(), UTC)}


def _evidence(report: ProgressReport) -> tuple[Sequence[str], list[list[Cell]]]:
    rows: list[list[Cell]] = [
        [milestone.key, milestone.title, piece.title, piece.url, piece.text]
        for milestone in (*report.milestones, *report.retired)
        for piece in milestone.evidence
    ]
    return ("key", "milestone", "title", "url", "text"), rows


def _summarise(sheets: "_Sheets", report: ProgressReport) -> None:
    rows: list[list[Cell]] = [
        ["Name", report.person],
        ["Roadmap", report.roadmap.title],
        ["Edition", report.roadmap.edition],
        ["Pathways", ", ".join(report.pathways)],
        ["As of", report.as_of],
        ["Started", report.started_on],
        ["Target", report.target_on],
        ["Estimated hours", report.hours_credited],
        ["Done outside the plan", report.extra],
        ["How the numbers are computed", report.computation],
        [],
    ]
    sheet = sheets.workbook.add_worksheet("Summary")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheets.write(sheet, row, column, cell)
    sheet.set_column(0, 1, 32)
    sheets.write_table(sheet, ("area", "skill", *NUMBERS), _number_rows(report), len(rows))


def _number_rows(report: ProgressReport) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["All", None, *_number_cells(report)]]
    for area in report.areas:
        rows.append([area.title, None, *_number_cells(area)])
        rows += [[area.title, skill.title, *_number_cells(skill)] for skill in area.skills if skill.in_plan]
    return rows


def _number_cells(numbers: ReportNumbers) -> list[Cell]:
    claimed, verified = numbers.claimed, numbers.verified
    counts = (claimed.milestones_done, numbers.reviewed, claimed.milestones_total)
    return [percent_cell(claimed), percent_cell(verified), *counts]


def _draw(workbook: Workbook, sheet: Worksheet, rows: int) -> None:
    chart: Any = workbook.add_chart({"type": "line"})
    for column in (1, 2):
        chart.add_series(
            {
                "name": ["History", 0, column],
                "categories": ["History", 1, 0, max(rows, 1), 0],
                "values": ["History", 1, column, max(rows, 1), column],
            }
        )
    chart.set_title({"name": "Claimed and verified"})
    chart.set_x_axis({"date_axis": True})
    chart.set_y_axis({"min": 0, "max": 1, "num_format": "0%"})
    sheet.insert_chart("E2", chart, {"description": "Claimed and verified over time, as in the table."})


class _Sheets:
    """Writes tables into one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.bold = workbook.add_format({"bold": True, "bottom": 1})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.percent = workbook.add_format({"num_format": "0%"})
        self.little = workbook.add_format({"num_format": '"<1%"'})
        self.text = workbook.add_format({"text_wrap": True, "valign": "top"})

    def add(
        self, name: str, header: Sequence[str], rows: Iterable[list[Cell]], widths: dict[str, int]
    ) -> Worksheet:
        """Add a sheet with one table, its header frozen and a filter on each column."""
        sheet = self.workbook.add_worksheet(name)
        for column, title in enumerate(header):
            sheet.set_column(column, column, widths.get(title, 12))
        sheet.freeze_panes(1, 0)
        count = self.write_table(sheet, header, rows, 0)
        sheet.autofilter(0, 0, max(count, 1), len(header) - 1)
        return sheet

    def write_table(
        self, sheet: Worksheet, header: Sequence[str], rows: Iterable[Sequence[Cell]], top: int
    ) -> int:
        """Write a header and rows, percentages as shares of one; return how many rows there were."""
        for column, name in enumerate(header):
            sheet.write_string(top, column, heading_of(name), self.bold)
        row = top
        for row, cells in enumerate(rows, top + 1):
            for column, (name, cell) in enumerate(zip(header, cells, strict=True)):
                if name in PERCENTS and isinstance(cell, int | float):
                    style = self.little if 0 < cell < 1 else self.percent
                    sheet.write_number(row, column, cell / 100, style)
                else:
                    self.write(sheet, row, column, cell)
        return row - top

    def write(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        """Write a cell by its type, and nothing for an empty one."""
        match cell:
            case None | "":
                return
            case bool():
                sheet.write_boolean(row, column, cell)
            case date():
                sheet.write_datetime(row, column, datetime.combine(cell, time()), self.day)
            case str():
                sheet.write_string(row, column, escape_formula(cell)[:MAX_CHARACTERS], self.text)
            case _:
                sheet.write_number(row, column, cell)
