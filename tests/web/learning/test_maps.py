"""The map of an enrollment, of a public roadmap and of a report: hooks, links, states, marking."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.domain.learning.progress import Status
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import TOMORROW, Learner
from tests.support.map_outlines import ARABIC, TITLES, woven
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.pages.data_attributes import marks_in, numbers_in

MAP, WHOLE = "?view=map", "?view=map&skills=all"
FIRST = "/milestones/first/progress"
FRAGMENT = {"X-Fragment": "1"}
_SIGNS = re.compile(r'<g data-milestone="([^"]+)".*?<use href="#map-(?!hit)([^"]+)"', re.DOTALL)
_STATION = r'<g data-milestone="{}".*?</g>'
_TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)


def name_of(html: str, key: str) -> str:
    """What a station is called for those who do not see it: its title, or else its label and its state."""
    found = re.search(_STATION.format(key), html, re.DOTALL)
    assert found is not None
    title = None if 'role="img"' in found[0] else _TITLE.search(found[0])
    return title[1] if title else " ".join(re.sub("<[^>]*>", " ", found[0]).split())


def svg_of(html: str) -> str:
    return html[html.index('<svg class="map') : html.index("</svg>", html.index('class="map-names"'))]


def test_the_map_has_the_hooks_of_the_contract(learner: Learner) -> None:
    learner.mark("habit")
    learner.mark("second", Status.SKIPPED)
    page = learner.page(MAP)
    marks = marks_in(page)
    assert (marks["habit"], marks["second"]) == (("done", "none"), ("skipped", "none"))
    assert numbers_in(page) == ("13", "0")


def test_each_station_is_a_link_with_full_name_and_state(learner: Learner) -> None:
    learner.mark("first", Status.IN_PROGRESS)
    learner.revisit("first", TOMORROW)
    page = learner.page(MAP)
    assert f'<a href="{learner.base}/milestones/first">' in page
    assert name_of(page, "first") == "First in progress since 2 March, revisit 3 March"
    assert name_of(page, "bonus") == "Bonus not started, optional"
    assert name_of(page, "habit") == "Habit not started, ready"
    assert name_of(page, "look") == "Look not started"


def test_a_label_that_is_cut_has_the_whole_title_as_name(learner: Learner, session: Session) -> None:
    add_roadmap(session, woven(1, TITLES["long"]))
    theirs = enroll(session, learner.person, "woven")
    page = learner.browser.get(f"/enrollments/{theirs.public_id}{WHOLE}").text
    assert re.search(rf"<title>{TITLES['long']}[^<]*: not started, ready</title>", page)


def test_the_map_shows_the_plan_and_at_wish_every_skill(learner: Learner) -> None:
    assert set(marks_in(learner.page(MAP))) == set(sample().milestones) - {"read", "write", "watch", "wait"}
    whole = learner.page(WHOLE)
    assert set(marks_in(whole)) == set(sample().milestones)
    assert 'data-skill="text" class="map-outside"' in whole
    assert 'data-skill="core">' in whole


def test_list_and_map_lead_to_each_other(learner: Learner) -> None:
    assert f'<a href="{learner.base}?view=map">Map</a>' in learner.page()
    assert f'<a href="{learner.base}">List</a>' in learner.page(MAP)
    assert f'<a href="{learner.base}?view=map" aria-current="page">Map</a>' in learner.page(MAP)


def test_the_frontier_is_drawn_where_something_is_ready(learner: Learner) -> None:
    assert "you are here" in learner.page(MAP)
    for key in sample().milestones:
        learner.mark(key)
    assert "you are here" not in learner.page(MAP)


@pytest.mark.parametrize(
    ("view", "keys"), [("map", {"first", "second", "look"}), ("whole-map", {"first", "second", "look"})]
)
def test_a_mark_from_the_map_is_answered_with_stations(learner: Learner, view: str, keys: set[str]) -> None:
    answer = learner.post(FIRST, FRAGMENT, status="done", view=view).text
    assert (set(marks_in(answer)), numbers_in(answer)) == (keys, ("13", "0"))
    assert 'id="map-frontier"' in answer
    assert f"{learner.base}/history/4/undo" in answer
    station = re.search(r'<g data-milestone="first".*?</g>', answer, re.DOTALL)
    assert station
    assert station[0] in learner.page(MAP if view == "map" else WHOLE)


def test_an_undo_from_the_map_is_answered_with_stations_too(learner: Learner) -> None:
    answer = learner.post(FIRST, FRAGMENT, status="done", view="map").text
    undo = re.search(rf"{learner.base}(/history/\d+/undo)", answer)
    assert undo
    referer = {**FRAGMENT, "Referer": f"http://localhost{learner.base}{MAP}"}
    assert marks_in(learner.post(undo[1], referer, view="map").text)["first"] == ("not_started", "none")


def test_equal_maps_of_two_people_hold_their_own_addresses(
    app: Flask, session: Session, learner: Learner
) -> None:
    theirs = enroll(session, otto := add_user(session, "Otto"), pathways=["seer"])
    page = browser_of(app, session, otto).get(f"/enrollments/{theirs.public_id}{MAP}").text
    assert learner.base not in page
    assert f"/enrollments/{theirs.public_id}/milestones/first" in page
    assert f"{learner.base}/milestones/first" in learner.page(MAP)


def test_the_public_map_shows_everything_not_started_and_leads_to_the_milestones(
    app: Flask, session: Session
) -> None:
    add_roadmap(session)
    page = Browser(app).get("/roadmaps/sample?view=map").text
    assert dict(_SIGNS.findall(svg_of(page))) == dict.fromkeys(sample().milestones, "not_started")
    assert 'href="/roadmaps/sample/milestones/first"' in page
    assert name_of(page, "first") == "First"


def test_the_report_has_the_map_as_of_its_day(learner: Learner) -> None:
    learner.mark("first")
    svg = svg_of(learner.page("/report?view=map"))
    assert marks_in(svg)["first"] == ("done", "none")
    assert set(marks_in(svg)) == set(marks_in(learner.page(MAP)))


def test_the_map_of_an_older_edition_is_that_of_its_report(learner: Learner) -> None:
    learner.publish()
    assert "second" in marks_in(svg_of(learner.page("/report?view=map")))
    learner.accept()
    assert "third" in marks_in(svg_of(learner.page("/report?view=map")))


# How any size looks with any title is tested with the layout.
@pytest.mark.parametrize(("size", "title"), [(0, "short"), (300, "long"), *((1, title) for title in TITLES)])
def test_any_size_and_title_has_a_page(
    app: Flask, session: Session, learner: Learner, size: int, title: str
) -> None:
    add_roadmap(session, woven(size, TITLES[title]))
    theirs = enroll(session, learner.person, "woven")
    page = learner.browser.get(f"/enrollments/{theirs.public_id}{WHOLE}")
    assert page.status_code == 200
    assert len(marks_in(page.text)) == size
    assert ("This map is empty." in page.text) == (size == 0)


def test_titles_are_text_on_the_map(learner: Learner, session: Session) -> None:
    add_roadmap(session, woven(1, "<b>bold</b> & 'quoted'"))
    page = learner.browser.get("/roadmaps/woven?view=map").text
    assert "<b>" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_arabic_labels_read_from_the_right(learner: Learner, session: Session) -> None:
    add_roadmap(session, woven(1, ARABIC))
    assert ' direction="rtl" text-anchor="end">' in learner.browser.get("/roadmaps/woven?view=map").text
