"""All formats of one report say the same."""

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from roadmap.domain.reports.reports import ProgressReport
from roadmap.exports.report_formats import CALENDAR, FORMATS
from tests.support.pages.percentages import FILES, in_pdf, percents
from tests.support.report_records import Book, finished, reports


@pytest.mark.slow
@given(reports())
@settings(max_examples=60, deadline=None)
def test_both_numbers_are_the_same_in_all_formats(report: ProgressReport) -> None:
    assert set(FILES) == set(FORMATS)
    for name, read in FILES.items():
        if name != "pdf":
            assert read(FORMATS[name].make(report)) == percents(report), name


@pytest.mark.slow
@given(reports())
@settings(max_examples=12, deadline=None)
def test_both_numbers_are_the_same_in_print(report: ProgressReport) -> None:
    assert in_pdf(FORMATS["pdf"].make(report)) == percents(report)


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
