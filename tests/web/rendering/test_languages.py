"""Texts of a roadmap say their language and their direction."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.pathway_groups import GroupChoice, GroupOutline
from roadmap.exports.languages import direction_of, text_attributes
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.outlines import add_roadmap, pathway, sample

GROUPS = (GroupOutline("backart", "Backarten", "Was willst du backen?", GroupChoice.ONE),)


def foreign(language: str, title: str) -> Outline:
    """The sample in another language, with groups of its own."""
    pathways = (replace(pathway("brot", "vision"), group="backart", title="Brot"),)
    return replace(sample(), language=language, title=title, groups=GROUPS, pathways=pathways)


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("de", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("az-Arab", "rtl"),
        ("ku-Latn", "ltr"),
        ("pt-BR", "ltr"),
    ],
)
def test_the_direction_comes_from_the_language(language: str, direction: str) -> None:
    assert direction_of(language) == direction
    assert text_attributes(language) == f' lang="{language}" dir="{direction}"'


def test_without_a_language_nothing_is_said() -> None:
    assert (text_attributes(""), text_attributes("", finds_out=True)) == ("", ' dir="auto"')


@pytest.mark.parametrize(
    ("language", "attributes"), [("de", 'lang="de" dir="ltr"'), ("ar", 'lang="ar" dir="rtl"')]
)
def test_every_page_of_a_roadmap_says_its_language(
    app: Flask, session: Session, language: str, attributes: str
) -> None:
    add_roadmap(session, foreign(language, "خبز"))
    browser = browser_of(app, session, add_user(session, "Lena"))
    shown = browser.get("/roadmaps/sample").text
    assert f"<h1 {attributes}>خبز</h1>" in shown
    assert f"{attributes}>First</a>" in shown
    assert f"{attributes}>خبز</a>" in browser.get("/roadmaps").text
    started = browser.post("/roadmaps/sample/enrollment", weekly_hours="6").location
    assert f"{attributes}>First</a>" in browser.get(started).text
    assert f"<span {attributes}>Area</span>" in browser.get(started).text
    assert f"<text {attributes.partition(' dir')[0]} x=" in browser.get(f"{started}?view=map").text
    today = browser.get("/today").text
    assert re.search(rf'href="/enrollments/\w+" {attributes}>خبز</a>', today)
    assert re.search(rf"{attributes}\s+data-stop>First</a>", today)
    assert re.search(rf'milestones/first" {attributes}\s+data-stop>', browser.get("/search?q=first").text)
    assert f"<h1 {attributes}>First</h1>" in browser.get(f"{started}/milestones/first").text


@pytest.mark.parametrize(
    ("language", "attributes"), [("de", 'lang="de" dir="ltr"'), ("ar", 'lang="ar" dir="rtl"')]
)
def test_a_report_says_the_language_of_its_roadmap(
    app: Flask, session: Session, language: str, attributes: str
) -> None:
    add_roadmap(session, foreign(language, "خبز"))
    browser = browser_of(app, session, add_user(session, "Lena"))
    started = browser.post("/roadmaps/sample/enrollment", weekly_hours="6").location
    for path in ("/report?only=all", "/report.html?only=all"):
        page = browser.get(started + path).text
        assert f"<span {attributes}>خبز</span>, edition 1" in page
        assert f'<span class="milestone-title" {attributes}>First</span>' in page
        assert f"<li><span {attributes}>Core</span>" in page
    assert browser.get(f"{started}/report.json").json["roadmap"]["language"] == language
    printed = PdfReader(BytesIO(browser.get(f"{started}/report.pdf?only=all").data))
    objects = map(printed.get_object, range(1, printed.trailer["/Size"]))
    languages = {each.get("/Lang") for each in objects if isinstance(each, dict)}
    assert {"en", language} <= languages


def test_the_questions_of_pathways_are_the_roadmaps_own(app: Flask, session: Session) -> None:
    add_roadmap(session, foreign("de", "Backen"))
    browser = browser_of(app, session, add_user(session, "Lena"))
    for path in ("/roadmaps/sample", "/roadmaps/sample/enrollment"):
        page = browser.get(path).text
        assert "Backarten" in page
        assert "Entry routes" not in page
    assert "Was willst du backen?" in page
    assert "Choose one, or decide later." in page


def test_the_catalog_is_searched_and_filtered_by_language(app: Flask, session: Session) -> None:
    add_roadmap(session, replace(foreign("de", "Backen"), slug="backen"))
    add_roadmap(session, replace(sample("bees"), title="Bees"))
    visitor = Browser(app)
    pages = [visitor.get(f"/roadmaps?{query}").text for query in ("language=de", "q=bee", "q=x+y")]
    shown = [('href="/roadmaps/backen"' in page, 'href="/roadmaps/bees"' in page) for page in pages]
    assert shown == [(True, False), (False, True), (False, False)]
    assert "No roadmaps match" in pages[2]
