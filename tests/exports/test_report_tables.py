"""Reports as CSV and XLSX."""

import csv
from datetime import datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import ReportEvidence
from roadmap.domain.table_cells import unescape_formula
from roadmap.exports.report_csv import HEADER, write_csv
from roadmap.exports.report_xlsx import heading_of, write_xlsx
from tests.support.report_records import ODD_TEXTS, START, Book, reports


def rows_of(report: ProgressReport) -> list[dict[str, str]]:
    text = write_csv(report).decode("utf-8-sig")
    rows = csv.DictReader(StringIO(text, newline=""))
    return [{name: unescape_formula(cell) for name, cell in row.items()} for row in rows]


def odd_book(text: str) -> Book:
    book = Book(person=text)
    book.mark("first", Status.DONE)
    book.show("first", ReportEvidence(text, None, text))
    book.review("first", Verification.VERIFIED, text)
    book.mark("second", Status.SKIPPED, text)
    return book


def test_headers_stay() -> None:
    assert (
        write_csv(Book().report())
        .decode("utf-8-sig")
        .startswith(
            "key,title,area,skill,in_plan,optional,status,verification,known,hours_low,hours_high,hours_credited,"
            "done_on,recorded_on,verified_on,reviewer,reason,rounds,returns,waited_days,evidence,"
            "retired,roadmap,edition,person,as_of,claimed,verified,reviewer_known_as,reviewer_domain,"
            "signed_off,criteria,topics,submitted_on,returned_on\r\n"
        )
    )


def test_a_row_for_each_milestone() -> None:
    book = odd_book("Milo")
    first, second, *_ = rows = rows_of(book.report())
    assert [row["key"] for row in rows] == list(book.ids)
    assert (first["done_on"], first["verified_on"], first["reviewer"]) == ("2026-03-03", "2026-03-04", "Milo")
    assert (first["criteria"], first["submitted_on"]) == ("first works", "2026-03-04")
    assert (first["hours_credited"], first["in_plan"], second["reason"]) == ("3", "yes", "Milo")


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_survive_in_csv(text: str) -> None:
    first, second, *_ = rows_of(odd_book(text).report())
    assert (first["person"], first["reviewer"], second["reason"]) == (text, text, text)
    assert first["evidence"] == f"{text}: {text}"


@given(reports())
def test_no_cell_of_a_csv_is_a_formula(report: ProgressReport) -> None:
    rows = list(csv.reader(StringIO(write_csv(report).decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(HEADER)}
    assert not any(cell.startswith(tuple("=+-@＝＋－＠\t\r\n")) for row in rows for cell in row)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_survive_in_a_workbook(text: str) -> None:
    book = load_workbook(BytesIO(write_xlsx(odd_book(text).report())))
    cells = (book["Evidence"]["C2"], book["Evidence"]["E2"], book["Summary"]["B1"])
    # The reader leaves the format's own escapes, such as _x000D_, to its caller.
    assert {unescape_formula(unescape(cell.value)) for cell in cells} == {text}


def test_a_workbook_has_real_dates_filters_and_a_header_in_sight() -> None:
    book = load_workbook(BytesIO(write_xlsx(odd_book("Milo").report())))
    assert book.sheetnames == ["Summary", "Milestones", "Evidence", "History"]
    sheet = book["Milestones"]
    headings = [cell.value for cell in sheet[1]]
    assert headings == [heading_of(name) for name in HEADER]
    assert {"In plan", "Done on", "Days until the last review", "How the reviewer is known"} <= set(headings)
    assert not any("_" in heading or heading[0].islower() for heading in headings)
    assert sheet["M2"].value == datetime(2026, 3, 3)  # noqa: DTZ001 - a day
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:AI15")
    assert sheet.column_dimensions["B"].width > 40
    assert book["History"]["A2"].value.date() == START


def test_percentages_of_a_workbook_are_shares_shown_in_percent() -> None:
    book = load_workbook(BytesIO(write_xlsx(odd_book("Milo").report())))
    cells = [row[2] for row in book["Summary"].iter_rows(min_row=12) if row[0].value == "All"]
    cells += [book["History"]["B3"], book["Milestones"]["AA2"]]
    assert book["Milestones"]["AA1"].value == "Claimed"
    assert {(cell.value, cell.number_format) for cell in cells} == {(0.21, "0%")}


@given(reports())
@settings(max_examples=20)
def test_no_cell_of_a_workbook_is_a_formula(report: ProgressReport) -> None:
    content = write_xlsx(report)
    assert content == write_xlsx(report)
    cells = [cell for sheet in load_workbook(BytesIO(content)) for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}
    assert not any(str(cell.value).startswith(("=", "+", "@")) for cell in cells)
