"""The badge as a picture: both numbers to see, to hear and to read by programs, whatever the title is."""

import re
from xml.dom.minidom import parseString

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from roadmap.domain.learning.numbers import Measure, Numbers
from roadmap.exports.badges import badge_html, badge_markdown, draw_badge
from tests.support.report_records import ODD_TEXTS

URL = "https://learn.example.org/badge/a-b_c.svg"


def numbers(claimed: int = 42, verified: int = 31, total: int = 100) -> Numbers:
    return Numbers(Measure(claimed, total, 1, 1, 1), Measure(verified, total, 1, 1, 1))


def drawn(title: str = "Sample", **more: int) -> str:
    return draw_badge(title, numbers(**more))


def test_both_numbers_are_told_shown_and_hooked() -> None:
    picture = drawn()
    assert '<title id="name">Sample: claimed 42%, verified 31%</title>' in picture
    assert re.findall(r"(Claimed|Verified) <tspan[^>]*>(\d+%)", picture) == [
        ("Claimed", "42%"),
        ("Verified", "31%"),
    ]
    assert 'data-claimed="42" data-verified="31"' in picture


def test_an_empty_plan_has_a_dash() -> None:
    picture = drawn(claimed=0, verified=0, total=0)
    assert picture.count(">–<") == 2
    assert 'data-claimed="" data-verified=""' in picture


@pytest.mark.parametrize("title", ["", "W" * 200, "\x00\x0b\ufffe", *ODD_TEXTS])
def test_every_title_makes_a_well_formed_picture(title: str) -> None:
    parseString(drawn(title).encode())


@given(st.text(max_size=60))
def test_no_title_breaks_out_of_its_place(title: str) -> None:
    picture = parseString(drawn(title).encode("utf-8", "replace"))
    plain = parseString(drawn().encode())
    tags = [[each.tagName for each in one.getElementsByTagName("*")] for one in (picture, plain)]
    assert tags[0] == tags[1]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Machine Learning Engineer", "Machine Learning Engineer"),
        ("A roadmap with a very long title", "A roadmap with a very lo…"),
        ("机器学习工程师之路机器学习工程师", "机器学习工程师之路机器学习…"),
    ],
)
def test_a_long_title_ends_where_the_card_does(title: str, shown: str) -> None:
    picture = drawn(title)
    assert f">{shown}</text>" in picture
    assert title in picture


def test_a_strict_policy_has_nothing_to_refuse() -> None:
    assert not re.search(r"style|<script|\son\w+=|href", drawn("x"))


@pytest.mark.parametrize("title", ["a](b) ![c", '<b> & "c"', "`x` *y* _z_ [u]: v"])
def test_the_lines_to_copy_show_the_picture_and_tell_the_title(title: str) -> None:
    children = MarkdownIt("commonmark").parseInline(badge_markdown(title, URL))[0].children or []
    assert [(each.type, each.attrs.get("src")) for each in children] == [("image", URL)]
    assert "".join(each.content for each in children[0].children or []) == f"My progress on {title}"
    element = parseString(badge_html(title, URL).replace(">", "/>")).documentElement
    assert (element.getAttribute("src"), element.getAttribute("alt")) == (URL, f"My progress on {title}")
