"""The search page: safe with anything typed, and useful when nothing is found."""

import pytest
from flask import Flask

from tests.support.browsing import Browser
from tests.support.learning import Learner

pytestmark = pytest.mark.both_databases


def search(browser: Browser, query: str) -> str:
    answer = browser.client.get("/search", query_string={"q": query})
    assert answer.status_code == 200
    return answer.text


def test_matches_are_marked_and_everything_else_is_escaped(learner: Learner) -> None:
    learner.note("first", "<script>alert(1)</script> & more")
    page = search(learner.browser, "<SCRIPT> more")
    assert "<mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt; &amp; <mark>more</mark>" in page
    assert "<script>alert" not in page


def test_the_words_stay_in_the_field(learner: Learner) -> None:
    assert 'value="&#34; onfocus=x"' in search(learner.browser, '" onfocus=x')


def test_anything_may_be_typed(learner: Learner) -> None:
    for query in ("%", "_", "'", "🎉", "👩\u200d💻", "a" * 5_000, "ϡ " * 3_000, "\u0301", "نموذج", "\\"):
        assert "Search covers" in search(learner.browser, query), query


def test_an_empty_search_says_what_is_searched(app: Flask, learner: Learner) -> None:
    assert "your own notes" in search(learner.browser, "")
    assert "your own notes" not in search(Browser(app), "")


def test_a_visitor_finds_roadmaps(app: Flask, learner: Learner) -> None:
    assert "/roadmaps/sample/milestones/first" in search(Browser(app), "first")


def test_every_page_has_a_way_to_search(app: Flask, learner: Learner) -> None:
    for page in (learner.page(), Browser(app).get("/").text):
        assert 'role="search" action="/search"' in page


def test_words_that_are_too_many_are_kept_and_not_cut(learner: Learner) -> None:
    page = search(learner.browser, "word " * 41)
    assert "Your search is too long: 204 characters. The limit is 200." in page
    assert f'value="{("word " * 41).strip()}"' in page
