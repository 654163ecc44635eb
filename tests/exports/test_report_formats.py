"""All formats of one report say the same."""

import csv
import json
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from pypdf import PdfReader

from roadmap.domain.reports import ProgressReport, percents
from roadmap.exports.report_formats import CALENDAR, FORMATS
from tests.report_records import Book, finished, reports

Pair = tuple[int | None, int | None]


def whole(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def in_json(content: bytes) -> Pair:
    values = json.loads(content)
    return values["claimed"]["percent"], values["verified"]["percent"]


def in_csv(content: bytes) -> Pair:
    row: dict[str, Any] = next(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))
    return whole(row["claimed"]), whole(row["verified"])


def in_xlsx(content: bytes) -> Pair:
    rows = load_workbook(BytesIO(content))["Summary"].iter_rows(values_only=True)
    _, _, claimed, verified, *_ = next(row for row in rows if row[0] == "All")
    return claimed, verified


def in_markdown(content: bytes) -> Pair:
    found = re.search(
        r"^\*\*Claimed (\d+ %|–)\*\* · \*\*Verified (\d+ %|–)\*\*", content.decode(), re.MULTILINE
    )
    assert found is not None
    return whole(found[1].removesuffix(" %")), whole(found[2].removesuffix(" %"))


def in_pdf(content: bytes) -> Pair:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    found = re.search(r"Claimed\s+(\d+ %|–)\s.*?Verified\s+(\d+ %|–)\s", text, re.DOTALL)
    assert found is not None
    return whole(found[1].removesuffix(" %")), whole(found[2].removesuffix(" %"))


READERS = {"json": in_json, "csv": in_csv, "xlsx": in_xlsx, "md": in_markdown}


@given(reports())
@settings(max_examples=60, deadline=None)
def test_both_numbers_are_the_same_in_all_formats(report: ProgressReport) -> None:
    for name, read in READERS.items():
        assert read(FORMATS[name].make(report)) == percents(report.numbers), name


@given(reports())
@settings(max_examples=12, deadline=None)
def test_both_numbers_are_the_same_in_print(report: ProgressReport) -> None:
    assert in_pdf(FORMATS["pdf"].make(report)) == percents(report.numbers)


@given(reports())
@settings(max_examples=40, deadline=None)
def test_markdown_keeps_its_shape_whatever_is_in_it(report: ProgressReport) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(FORMATS["md"].make(report).decode())
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert (headings.count("h1"), headings.count("h2")) == (1, 3 if evidence_of(report) else 2)
    rows = sum(token.type == "tr_open" for token in tokens)
    assert rows == 2 + len(report.areas) + len(report.milestones)
    assert not any(token.type in {"html_block", "code_block", "fence"} for token in tokens)


def evidence_of(report: ProgressReport) -> bool:
    return any(each.evidence for each in report.milestones)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_report_is_the_same_bytes(name: str) -> None:
    report = finished().report()
    assert FORMATS[name].make(report) == FORMATS[name].make(report)
    assert (FORMATS[name].extension, bool(FORMATS[name].mimetype)) == (name, True)


def test_the_calendar_has_its_own_source() -> None:
    assert CALENDAR.extension == "ics"
    assert "ics" not in FORMATS
    assert Book().report().file_name == "sample-2026-03-02"
