"""All formats of one report say the same."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from pypdf import PdfReader

from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import Listed
from roadmap.exports.report_formats import CALENDAR, FORMATS, write_report
from tests.support.pages.percentages import FILES, in_pdf, percents
from tests.support.report_records import Book, finished, reports

WIDEST = (Listed.ALL, Listed.VERIFIED)


@pytest.mark.slow
@given(reports())
def test_both_numbers_are_the_same_in_all_formats(report: ProgressReport) -> None:
    assert set(FILES) == set(FORMATS)
    for name, read in FILES.items():
        if name != "pdf":
            assert read(FORMATS[name].make(report)) == percents(report), name


@pytest.mark.slow
@given(reports())
@settings(max_examples=12)
def test_both_numbers_are_the_same_in_print(report: ProgressReport) -> None:
    assert in_pdf(FORMATS["pdf"].make(report)) == percents(report)


@given(reports())
def test_markdown_keeps_its_shape_whatever_is_in_it(report: ProgressReport) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(FORMATS["md"].make(report).decode())
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert (headings.count("h1"), headings.count("h2")) == (1, 3 if evidence_of(report) else 2)
    rows = sum(token.type == "tr_open" for token in tokens)
    started = sum(each.status is not Status.NOT_STARTED for each in report.milestones)
    areas = sum(area.claimed.milestones_total > 0 for area in report.areas)
    assert rows == 1 + areas + (1 + started if started else 0)
    assert not any(token.type in {"html_block", "code_block", "fence"} for token in tokens)


def test_markdown_says_the_state_as_the_page_does_and_leaves_out_what_it_leaves_out() -> None:
    book = Book()
    for key in ("first", "second", "red", "blue"):
        book.mark(key, Status.DONE)
    book.review("first", Verification.VERIFIED)
    book.review("second", Verification.RETURNED)
    book.mark("blue", Status.IN_PROGRESS)
    text = FORMATS["md"].make(book.report()).decode()
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    states = {row[0].removeprefix("| "): row[2] for row in rows if len(row) == 6}
    titles = {each.key: each.title for each in book.report().milestones}
    expected = {"first": "verified", "second": "returned", "red": "done", "blue": "in progress"}
    assert states == {"Milestone": "State", "---": "---"} | {
        titles[key]: word for key, word in expected.items()
    }
    assert "0 of 0" not in text
    assert "Not started yet: " in text


def evidence_of(report: ProgressReport) -> bool:
    return any(each.evidence or each.verified_on for each in report.milestones)


def mixed() -> ProgressReport:
    """One milestone verified at the second try, one returned, one claimed, one skipped with a reason."""
    book = Book()
    for key in ("first", "second", "habit"):
        book.mark(key, Status.DONE)
    book.mark("red", Status.SKIPPED, "Known from school")
    for key, outcome in (("first", Verification.RETURNED), ("first", Verification.VERIFIED)):
        book.review(key, outcome)
    book.review("second", Verification.RETURNED)
    return book.report()


def text_in(name: str, content: bytes) -> str:
    match name:
        case "pdf":
            text = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
            return " ".join(text.split())
        case "xlsx":
            rows = load_workbook(BytesIO(content))["Milestones"].iter_rows(values_only=True, min_row=2)
            return str([cell for row in rows for cell in row])
        case "csv":
            return content.decode().partition("\n")[2]
        case _:
            return content.decode().partition("</style>")[2] or content.decode()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_files_list_what_is_done_and_say_all_only_when_asked(name: str) -> None:
    usual, whole, verified = (text_in(name, write_report(mixed(), name, only)) for only in (None, *WIDEST))
    for text in (usual, whole, verified):
        assert "first works" in text
        assert "Milo" in text
    assert "Known from school" in whole
    assert "eturned" in whole
    assert "Habit" not in verified
    if name == "json":
        assert usual == whole
    else:
        assert "Habit" in usual
        assert not any(word in usual for word in ("Known from school", "eturned", "Watch"))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_report_is_the_same_bytes(name: str) -> None:
    report = finished().report()
    assert FORMATS[name].make(report) == FORMATS[name].make(report)
    assert (FORMATS[name].extension, bool(FORMATS[name].mimetype)) == (name, True)


def test_the_calendar_has_its_own_source() -> None:
    assert CALENDAR.extension == "ics"
    assert "ics" not in FORMATS
    assert Book().report().file_name == "lena-sample-2026-03-02"
