"""The workbook in LibreOffice: it opens and converts without loss."""

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.rows import ReportEvidence
from roadmap.domain.table_cells import unescape_formula
from roadmap.exports.report_csv import HEADER, milestone_rows
from roadmap.exports.report_xlsx import PERCENTS, write_xlsx
from roadmap.exports.table_csv import cell_text
from tests.support.fixtures.libreoffice import ALL_SHEETS, Convert
from tests.support.report_records import ODD_TEXTS, START, Book


@pytest.fixture(scope="module")
def book() -> Book:
    """A learner whose evidence is every odd text."""
    book = Book(person="Lena", pathways=("seer",))
    book.mark("first", Status.DONE)
    book.show("first", *(ReportEvidence(text[:200], None, text) for text in ODD_TEXTS))
    book.review("first", Verification.VERIFIED)
    book.mark("second", Status.SKIPPED, "=1+1")
    return book


@pytest.fixture
def file(book: Book, tmp_path: Path) -> Path:
    path = tmp_path / "report.xlsx"
    path.write_bytes(write_xlsx(book.report()))
    return path


def lines(text: str) -> str:
    """Spreadsheets have one kind of line break, also for two that stand together."""
    return re.sub(r"[\r\n]+", "\n", text)


def test_every_sheet_becomes_a_table_with_the_same_texts_and_days(
    book: Book, file: Path, convert: Convert
) -> None:
    sheets = {path.stem.partition("-")[2]: rows_of(path) for path in convert(file, ALL_SHEETS)}
    assert list(sheets) == ["Evidence", "History", "Milestones", "Summary"]
    texts = [lines(unescape_formula(row[4])) for row in sheets["Evidence"][1:]]
    assert texts == [lines(text) for text in ODD_TEXTS]
    assert sheets["History"][1] == [START.isoformat(), "0%", "0%"]
    assert sheets["Milestones"][1:] == [shown(row) for row in milestone_rows(book.report())]


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [[lines(cell) for cell in row] for row in csv.reader(file)]


def shown(row: Sequence[Any]) -> list[str]:
    """A row as LibreOffice writes it: truths are TRUE and FALSE."""
    cells = [str(cell).upper() if isinstance(cell, bool) else lines(cell_text(cell)) for cell in row]
    return [f"{cell}%" if name in PERCENTS else cell for name, cell in zip(HEADER, cells, strict=True)]


@pytest.mark.filterwarnings("ignore:Unable to read chart")  # openpyxl knows no days on an axis
def test_saved_again_it_has_the_same_values_of_the_same_kinds(file: Path, convert: Convert) -> None:
    (saved,) = convert(file, "xlsx")
    before, after = load_workbook(file), load_workbook(saved)
    for sheet in before:
        assert values_in(after[sheet.title]) == values_in(sheet), sheet.title
    milestones = after["Milestones"]
    assert milestones.auto_filter.ref == before["Milestones"].auto_filter.ref
    assert isinstance(milestones["M2"].value, datetime)


def values_in(sheet: Any) -> list[list[Any]]:
    rows = [[plain(cell.value) for cell in row] for row in sheet.iter_rows()]
    return [row for row in rows if any(value is not None for value in row)]


def plain(value: Any) -> Any:
    if value in {"=TRUE()", "=FALSE()"}:
        return value == "=TRUE()"  # how LibreOffice saves a truth
    return lines(unescape(value)) if isinstance(value, str) else value
