"""The report as one HTML file: everything inside, nothing from elsewhere, nothing that runs."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given

from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import ReportEvidence
from roadmap.exports.standalone_html import write_html
from tests.support.report_records import ODD_TEXTS, START, Book, finished, reports

FETCHING = {"script", "link", "img", "iframe", "object", "embed", "video", "audio", "source", "base", "form"}


class Page(HTMLParser):
    """The text of a page, its elements and its links."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.text, self.elements, self.links = "", [], []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert not [name for name, _ in attrs if name.startswith("on") or name in {"src", "style"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def odd_book(text: str) -> Book:
    book = Book(person=text)
    book.mark("first", Status.DONE)
    book.show(
        "first", ReportEvidence("Note", None, text), ReportEvidence(text, "https://example.org/a", None)
    )
    book.review("first", Verification.VERIFIED, text)
    book.mark("second", Status.SKIPPED, text)
    return book


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_it_shows_every_text_as_it_was_typed(text: str) -> None:
    page = Page(write_html(odd_book(text).report(since=START)))
    # HTML has one kind of line break.
    assert page.text.replace("\r", "\n").count(text.replace("\r", "\n")) >= 4
    assert page.links == ["https://example.org/a"]


@given(reports())
def test_nothing_in_it_runs_or_is_fetched(report: ProgressReport) -> None:
    content = write_html(report)
    assert not FETCHING & set(Page(content).elements)
    assert set(re.findall(rb"url\([^)]*\)", content)) <= {b"url(#hatch)"}
    assert b"@import" not in content


def test_it_looks_like_the_page() -> None:
    content = write_html(finished().report()).decode()
    assert 'data-claimed="100" data-verified="100"' in content
    assert 'data-milestone="first" data-status="done" data-verification="verified"' in content
    assert "<title>Progress report: Lena, Sample, 2026-03-30</title>" in content
    assert 'aria-labelledby="progress-name progress-text"' in content
