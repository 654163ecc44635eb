"""The tabs of a roadmap: the same on each of its pages, for its learner alone."""

import re

from roadmap.domain.learning.enrollments import EnrollmentState
from tests.support.browsing import Browser
from tests.support.learning import Learner

TABS = re.compile(r'<nav class="tabs.*?</nav>', re.DOTALL)
TAB = re.compile(r'<a href="([^"]+)"( aria-current="page")?>(.*?)</a>')
PATHS = {
    "List": "",
    "Map": "?view=map",
    "Activity": "/activity",
    "History": "/history",
    "Report": "/report",
    "Settings": "/settings",
}


def test_each_page_has_the_same_tabs_and_is_the_current_one(learner: Learner) -> None:
    for name, own in PATHS.items():
        (tabs,) = TABS.findall(learner.page(own))
        found = TAB.findall(tabs)
        assert {text: address for address, _, text in found} == {
            text: learner.base + path for text, path in PATHS.items()
        }, name
        assert [text for _, current, text in found if current] == [name], name


def test_the_line_of_facts_repeats_no_tab(learner: Learner) -> None:
    facts = re.findall(r'<ul class="facts">.*?</ul>', learner.page(), re.DOTALL)[0]
    assert re.findall(r"<a [^>]*>(.*?)</a>", facts) == ["Share"]


def test_an_archived_roadmap_keeps_its_tabs(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.ARCHIVED)
    assert len(TAB.findall(TABS.findall(learner.page())[0])) == len(PATHS)


def test_a_mentor_has_the_links_of_a_mentees_pages_and_no_tabs(learner: Learner, mentor: Browser) -> None:
    for path in ("", "?view=map", "/activity", "/history", "/report"):
        page = mentor.get(learner.base + path).text
        assert TABS.findall(page) == [], path
        assert 'aria-label="View"' in page or path not in {"", "?view=map"}, path
