"""The printed report: tagged, the same bytes, whole texts, and where to check it."""

import logging
from io import BytesIO
from pathlib import Path

import pdfua
import pytest
from pypdf import PdfReader

from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.rows import ReportEvidence
from roadmap.domain.reports.seals import IssuedAs, Seal
from roadmap.exports.pdf.pdf_text import printable
from roadmap.exports.pdf.report_pdf import write_pdf
from tests.support.report_records import ODD_TEXTS, START, Book, finished, sealed

URL = "https://example.org/work"
VERIFY = "https://example.org/verify?id=K7QM-2XPA-9RTD"
SEAL = Seal("K7QM-2XPA-9RTD", VERIFY, START, IssuedAs.MENTOR, "Milo Żółć")


def text_of(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def printed() -> bytes:
    book = Book(person="Lena Żółć", pathways=("seer",))
    book.mark("first", Status.DONE)
    book.show("first", ReportEvidence("Notebook", URL, None))
    book.review("first", Verification.VERIFIED, "Milo Mentor")
    return write_pdf(sealed(book.report(), SEAL))


def test_it_is_tagged_and_says_so(printed: bytes) -> None:
    reader = PdfReader(BytesIO(printed))
    catalog = reader.root_object
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]["/K"]
    assert catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()


def test_a_checker_finds_nothing_against_pdf_ua(printed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(printed)
    assert [finding.message for finding in pdfua.validate(path).findings] == []


def test_it_has_a_title_bookmarks_links_and_page_numbers(printed: bytes) -> None:
    reader = PdfReader(BytesIO(printed))
    assert reader.metadata is not None
    assert reader.metadata.title == "Progress report: Lena Żółć, Sample, 4 March 2026"
    assert [each.title for each in reader.outline[1] if not isinstance(each, list)][:3] == [
        "Verified by",
        "Skills",
        "Over time",
    ]
    links = {note["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", []) if "/A" in note}
    assert links == {URL, VERIFY}
    assert f"Page 1 of {len(reader.pages)}" in reader.pages[0].extract_text()


def test_evidence_with_a_link_and_a_text_shows_both() -> None:
    book = Book()
    book.mark("first", Status.DONE)
    book.show("first", ReportEvidence("Notebook", URL, "Start with the last cell."))
    text = squeezed(text_of(write_pdf(book.report())))
    assert f"Notebook{URL}Startwiththelastcell." in text


def test_all_fonts_are_embedded(printed: bytes) -> None:
    fonts = [
        font["/DescendantFonts"][0]["/FontDescriptor"]
        for page in PdfReader(BytesIO(printed)).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)


def test_the_same_report_is_the_same_bytes() -> None:
    report = finished().report()
    assert write_pdf(report) == write_pdf(report)


def test_a_frozen_one_shows_its_code_and_who_issued_it_when(printed: bytes) -> None:
    text = text_of(printed)
    assert all(
        part in text for part in ("K7QM-2XPA-9RTD", "issued on 2 March 2026", "by Milo Żółć, a mentor")
    )
    assert write_pdf(sealed(finished().report(), SEAL)) == write_pdf(sealed(finished().report(), SEAL))


def test_it_names_who_verified_and_when(printed: bytes) -> None:
    text = text_of(printed)
    assert all(part in text for part in ("Milo Mentor", "4 Mar 2026", "Notebook", "1 milestone"))


def test_on_the_first_day_a_sentence_replaces_the_chart() -> None:
    sentence = "Records start on 2 March 2026. A chart of both numbers will appear here the next day."
    assert squeezed(sentence) in squeezed(text_of(write_pdf(Book().report())))


@pytest.mark.parametrize("letter", ["x", "ж", "م"])
def test_a_long_word_breaks_inside_the_page_and_is_copied_whole(letter: str) -> None:
    address = f"https://example.org/{'abcdefghij' * 30}"
    book = Book(person=letter * 90)
    book.mark("first", Status.DONE)
    book.show("first", ReportEvidence(letter * 300, address, None))
    content = write_pdf(book.report())
    copied = text_of(content)
    assert "\u200b" not in copied
    assert address in squeezed(copied)
    assert squeezed(copied).count(letter) >= 90 + 300
    assert max(map(len, copied.splitlines())) < 150
    metadata = PdfReader(BytesIO(content)).metadata
    assert metadata is not None
    assert letter * 90 in (metadata.title or "")


def test_odd_texts_are_printed_whole_and_without_an_empty_box(caplog: pytest.LogCaptureFixture) -> None:
    book = Book(person=" ".join(text[:200] for text in ODD_TEXTS))
    book.mark("first", Status.DONE)
    book.show("first", *(ReportEvidence(text, "javascript:alert(1)", None) for text in ODD_TEXTS))
    book.mark("second", Status.SKIPPED, "\n".join(ODD_TEXTS))
    with caplog.at_level(logging.WARNING):
        printed = squeezed(text_of(write_pdf(book.report())))
    assert not caplog.records
    for text in filter(str.isascii, ODD_TEXTS):
        assert printed.count(squeezed(text)[:60]) >= 3, text


NAMES = (
    *(
        "Zoë Żółć",
        "Ελένη",
        "Олена",
        "محمد",
        "שרה כהן",
        "प्रिया",
        "สมชาย",
        "李小龙",
        "しみず ゆき",
        "김민준",
        "Ada 🎉",
    ),
    *("রবীন্দ্রনাথ", "தமிழ்", "తెలుగు", "ગુજરાતી", "ਪੰਜਾਬੀ", "ಕನ್ನಡ", "മലയാളം", "සිංහල"),
    *("ქართული", "Հայերեն", "አማርኛ", "မြန်မာ", "ខ្មែរ", "ລາວ"),
)


def test_names_of_many_scripts_are_printed_in_their_script(caplog: pytest.LogCaptureFixture) -> None:
    assert [printable(name) for name in NAMES] == list(NAMES)
    with caplog.at_level(logging.WARNING):
        text = squeezed(text_of(write_pdf(Book(person=" · ".join(NAMES)).report())))
    assert not caplog.records
    assert all(
        squeezed(name) in text for name in ("Zoë Żółć", "Ελένη", "Олена", "李小龙", "김민준", "ქართული")
    )


def test_without_a_glyph_it_is_printed_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("roadmap.exports.pdf.report_pdf.printable", lambda text: text)
    with caplog.at_level(logging.WARNING):
        content = write_pdf(Book(person="\U00013000").report())
    assert content.startswith(b"%PDF")
    assert "without PDF/UA" in caplog.text
