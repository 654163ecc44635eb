"""The report's HTML file in a browser: it shows itself without asking for anything, and prints."""

from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from roadmap.exports.standalone_html import write_html
from tests.support.pages.accessibility import violations
from tests.support.report_records import START, finished


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Page:
    """The file of a finished roadmap, opened from the disk."""
    file = tmp_path / "report.html"
    file.write_bytes(write_html(finished().report(since=START)))
    page.goto(file.as_uri())
    return page


def test_it_is_readable_by_everybody_on_a_phone_and_on_either_paper(opened: Page) -> None:
    assert violations(opened) == []
    for paper in ("A4", "Letter"):
        printed = PdfReader(BytesIO(opened.pdf(format=paper)))
        # What is printed has letters joined, such as fi.
        text = normalize("NFKC", " ".join(each.extract_text() for each in printed.pages))
        assert 1 < len(printed.pages) < 6, paper
        for word in ("Lena", "Over time", "Verified", "30 March 2026", "Milo"):
            assert word in text, paper
    opened.set_viewport_size({"width": 320, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
