"""The navigation that every page offers."""

import re
from datetime import timedelta

from flask import Flask

from roadmap.domain.learning.enrollments import EnrollmentState
from tests.support.browsing import Browser
from tests.support.cast import NOON
from tests.support.learning import Learner
from tests.support.outlines import add_roadmap, enroll, sample

GOES = re.compile(r'href="([^"]+)"(?: aria-current="page")? data-go="(.)"')
HERE = re.compile(r'href="([^"]+)" aria-current="page" data-go')
OWN = re.compile(r'href="/enrollments/([^"/]+)"')


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
    for path in ("", "/report", "/reports", "/activity", "/history"):
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


def test_the_header_leads_to_a_second_roadmap_too_wherever_one_is(learner: Learner) -> None:
    add_roadmap(learner.session, sample("other"))
    other = enroll(learner.session, learner.person, "other", at=NOON - timedelta(days=1))
    learner.session.commit()
    for path in ("/today", learner.base, f"/enrollments/{other.public_id}", "/help"):
        header = learner.browser.get(path).text.partition("</header>")[0]
        places = header.partition("<nav")[2].partition("</nav>")[0]
        assert OWN.findall(places) == [learner.enrollment.public_id, other.public_id]
        current = other.public_id if path.endswith(other.public_id) else learner.enrollment.public_id
        assert destinations(header)["r"] == f"/enrollments/{current}"
        menu = header.partition('<details class="menu">')[2]
        assert OWN.findall(menu) == [
            key for key in (learner.enrollment.public_id, other.public_id) if key != current
        ]
    learner.choose(state=EnrollmentState.PAUSED)
    header = learner.browser.get(f"/enrollments/{other.public_id}").text.partition("</header>")[0]
    assert set(OWN.findall(header)) == {other.public_id}
