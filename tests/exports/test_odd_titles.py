"""Titles of roadmaps, areas, skills and milestones that hold whatever people may type, in every format."""

import csv
import json
import logging
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from pypdf import PdfReader

from roadmap.domain.learning.progress import Status
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.roadmaps.outlines import AreaOutline, Outline
from roadmap.domain.table_cells import unescape_formula
from roadmap.exports.report_formats import FORMATS
from tests.support.outlines import milestone, skill
from tests.support.report_records import ODD_TEXTS, START, Book

titles = pytest.mark.parametrize("title", ODD_TEXTS)


def titled(*titles: str) -> ProgressReport:
    """A report on a roadmap with an area, a skill and a milestone, which is done, for each title."""
    areas = []
    for number, title in enumerate(titles):
        only = replace(
            skill(f"skill-{number}", replace(milestone(f"step-{number}"), title=title)), title=title
        )
        areas.append(AreaOutline(f"area-{number}", title, "", (only,)))
    book = Book(content=Outline("sample", titles[0], "", "", "", tuple(areas), ()))
    for key in book.ids:
        book.mark(key, Status.DONE)
    return book.report(since=START)


@titles
def test_in_tables_they_come_back_and_start_no_formula(title: str) -> None:
    report = titled(title)
    text = FORMATS["csv"].make(report).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text, newline=""))
    assert {unescape_formula(row[name]) for name in ("title", "area", "skill")} == {title}
    sheet = load_workbook(BytesIO(FORMATS["xlsx"].make(report)))["Milestones"]
    assert unescape_formula(unescape(sheet["B2"].value)) == title
    assert sheet["B2"].data_type == "s"


@titles
def test_in_json_they_are_as_they_are(title: str) -> None:
    values = json.loads(FORMATS["json"].make(titled(title)))
    assert (
        values["roadmap"]["title"] == values["milestones"][0]["title"] == values["areas"][0]["title"] == title
    )
    assert values["change"]["done"] == [title]


@titles
def test_in_markdown_they_start_nothing(title: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(FORMATS["md"].make(titled(title)).decode())
    assert sum(token.type == "tr_open" for token in tokens) == 4
    assert sum(token.type == "heading_open" for token in tokens) == 4


def test_in_print_they_are_whole_and_every_character_is_drawn(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        pages = PdfReader(BytesIO(FORMATS["pdf"].make(titled(*ODD_TEXTS)))).pages
    assert not caplog.records
    # The longest is the last, and to extract all of its pages takes a minute.
    printed = "".join("".join(page.extract_text().split()) for page in pages[:4])
    for title in filter(str.isascii, ODD_TEXTS):
        assert "".join(title.split())[:60] in printed, title


def test_in_print_a_title_from_right_to_left_takes_no_number_along() -> None:
    pages = PdfReader(BytesIO(FORMATS["pdf"].make(titled("تربية النحل للمبتدئين")))).pages
    assert "100% claimed · 0% verified" in " ".join(pages[0].extract_text().split())
