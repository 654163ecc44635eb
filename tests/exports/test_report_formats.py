"""All formats of one report say the same."""

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.reports import ProgressReport
from roadmap.exports.report_formats import CALENDAR, FORMATS
from tests.support.pages.percentages import FILES, in_pdf, percents
from tests.support.report_records import Book, finished, reports


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
    assert "of the plan not started." in text


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
    assert Book().report().file_name == "lena-sample-2026-03-02"
