"""Texts in cells, in Markdown and in print: they come through whole, and start nothing."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from roadmap.domain.table_cells import escape_formula, unescape_formula
from roadmap.exports.pdf.fonts import draws, font_files
from roadmap.exports.pdf.pdf_text import printable
from roadmap.exports.report_markdown import WORD_JOINER, escape_markdown, link_markdown
from tests.support.report_records import ODD_TEXTS, TEXT

SIGNS = "=+-@＝＋－＠\t\r\n"
WILD = TEXT | st.text("'=+-@＝ \t\r\n\u200bab;,\"", max_size=12)


@given(st.lists(WILD, min_size=1, max_size=5))
def test_texts_come_back_from_a_table_as_they_were(texts: list[str]) -> None:
    file = StringIO(newline="")
    csv.writer(file).writerow([escape_formula(text) for text in texts])
    (row,) = csv.reader(StringIO(file.getvalue(), newline=""))
    assert [unescape_formula(cell) for cell in row] == texts
    assert not any(cell.startswith(tuple(SIGNS)) or cell.strip()[:1] in tuple("=+-@") for cell in row)


@pytest.mark.parametrize("text", ["'tis", "''", "a=b", "", "'", "10 %", "–"])
def test_a_harmless_text_is_left_alone(text: str) -> None:
    assert escape_formula(text) == unescape_formula(text) == text


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_markdown_shows_what_was_typed(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(f"- {escape_markdown(text)}")
    inline = [token for token in tokens if token.type == "inline"]
    shown = "".join(child.content for child in inline[0].children or [])
    assert shown.replace(WORD_JOINER, "") == " ".join(text.split()).replace(WORD_JOINER, "")
    assert {child.type for child in inline[0].children or []} <= {"text", "text_special"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("cc @octo-org/team", "cc @\u2060octo-org/team"),
        ("_@octocat", "\\_@\u2060octocat"),
        ("see #12 and lena/work#7", "see #\u206012 and lena/work#\u20607"),
        ("GH-5", "GH-\u20605"),
        ("done :tada:", "done :\u2060tada:"),
        ("lena@example.org", "lena@example.org"),
        ("# of rows: 3", "\\# of rows: 3"),
    ],
)
def test_a_ticket_calls_nobody_and_refers_to_nothing(text: str, kept: str) -> None:
    assert escape_markdown(text) == kept


def test_a_link_leads_where_it_says_and_nowhere_else() -> None:
    html = MarkdownIt().render(link_markdown("a](b) [c", "https://example.org/a b<>?x=1&y=(2)"))
    assert 'href="https://example.org/a%20b%3C%3E?x=1&amp;y=(2)"' in html
    assert ">a](b) [c</a>" in html
    assert "href" not in MarkdownIt().render(link_markdown("x", "javascript:alert(1)"))


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_every_printed_character_has_a_glyph(text: str) -> None:
    ignored = {0xA, 0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10)}
    points = {ord(each) for each in printable(text)} - ignored
    assert all(any(draws(family, point) for family in font_files()) for point in points)


def test_what_no_font_draws_is_named() -> None:
    assert printable("\U00013000\x07") == "[egyptian hieroglyph a001][U+0007]"
    assert printable("Zoë محمد 李小龙 é̱ หกด नमस्ते") == "Zoë محمد 李小龙 é̱ หกด नमस्ते"


def test_marks_of_order_end_with_their_text() -> None:
    assert printable("a\u202eb\u2066c") == "abc"
