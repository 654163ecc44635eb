"""The navigation that every page offers."""

import re

from flask import Flask

from tests.support.browsing import Browser
from tests.support.learning import Learner

GOES = re.compile(r'href="([^"]+)"(?: aria-current="page")? data-go="(.)"')
HERE = re.compile(r'href="([^"]+)" aria-current="page" data-go')


def destinations(page: str) -> dict[str, str]:
    """Where each key of the header leads."""
    return {key: address for address, key in GOES.findall(page)}


def test_every_page_leads_to_the_roadmap_and_its_report(learner: Learner) -> None:
    own = {"r": learner.base, "t": "/today", "m": "/mentoring", "p": f"{learner.base}/report", "/": "/search"}
    for path in ("/today", "/settings", "/help", "/mentoring", "/roadmaps", "/search", learner.base):
        assert destinations(learner.browser.get(path).text) == own


def test_a_visitor_goes_to_roadmaps_and_search(app: Flask) -> None:
    assert destinations(Browser(app).get("/help").text) == {"/": "/search"}


def test_a_mentor_on_a_mentees_pages_is_at_mentoring(mentor: Browser, learner: Learner) -> None:
    for path in ("", "/report", "/activity", "/history"):
        page = mentor.get(learner.base + path).text
        assert HERE.findall(page) == ["/mentoring"]
        assert "r" not in destinations(page)


def test_the_report_is_marked_as_the_place_one_is_at(learner: Learner) -> None:
    assert HERE.findall(learner.page("/report")) == [f"{learner.base}/report"]


def test_an_error_page_asks_for_nothing(learner: Learner) -> None:
    assert destinations(learner.browser.get("/nowhere").text) == {
        "t": "/today",
        "m": "/mentoring",
        "/": "/search",
    }
