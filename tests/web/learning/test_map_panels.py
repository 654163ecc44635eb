"""The panel beside the map: what it says to whom, and its marks."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.domain.learning.progress import Status
from roadmap.domain.roadmaps.roadmaps import Visibility
from tests.support.browsing import Browser, add_account, browser_of
from tests.support.learning import Learner
from tests.support.outlines import add_roadmap
from tests.support.pages.data_attributes import marks_in

PANEL = "/milestones/{}/panel"


def test_it_is_a_part_of_a_page_with_state_and_marks(learner: Learner) -> None:
    learner.mark("first", Status.IN_PROGRESS)
    panel = learner.page(PANEL.format("first"))
    assert marks_in(panel) == {"first": ("in_progress", "none")}
    assert "<html" not in panel
    for text in ("Started on", "2 March", "first works", "2–4 h estimated"):
        assert text in " ".join(panel.split())
    assert f'action="{learner.base}/milestones/first/progress"' in panel
    assert f'action="{learner.base}/known"' in panel
    assert f'href="{learner.base}/milestones/first"' in panel


def test_it_names_what_comes_first_with_its_state(learner: Learner) -> None:
    learner.mark("first")
    panel = learner.page(PANEL.format("second"))
    assert "Prerequisites" in panel
    assert '<span class="unseen">done</span>' in panel


def test_what_is_done_is_not_offered_as_known(learner: Learner) -> None:
    learner.mark("first")
    assert "Already knew it" not in learner.page(PANEL.format("first"))


def test_its_mark_is_answered_with_stations(learner: Learner) -> None:
    answer = learner.post("/milestones/first/progress", {"X-Fragment": "1"}, status="done", view="map").text
    assert marks_in(answer)["first"] == ("done", "none")
    assert "undo" in answer


def test_an_archived_roadmap_has_no_marks(learner: Learner) -> None:
    learner.post("/settings", state="archived")
    assert "<form" not in learner.page(PANEL.format("first"))


def test_a_mentor_reads_it_without_marks(learner: Learner, mentor: Browser) -> None:
    learner.mark("first")
    panel = mentor.get(learner.base + PANEL.format("first")).text
    assert marks_in(panel) == {"first": ("done", "none")}
    assert "<form" not in panel


@pytest.mark.parametrize("key", ["first", "nowhere"])
def test_nobody_else_finds_it(app: Flask, session: Session, learner: Learner, key: str) -> None:
    otto = browser_of(app, session, add_account(session, "Otto"))
    assert otto.get(learner.base + PANEL.format(key)).status_code == 404


def test_what_is_not_on_the_roadmap_is_404(learner: Learner) -> None:
    for base in (learner.base, "/roadmaps/sample"):
        assert learner.browser.get(base + PANEL.format("nowhere")).status_code == 404


def test_a_visitor_reads_what_is_public(app: Flask, session: Session) -> None:
    roadmap = add_roadmap(session)
    panel = Browser(app).get("/roadmaps/sample" + PANEL.format("second")).text
    assert "second works" in panel
    assert 'href="/roadmaps/sample/milestones/second"' in panel
    assert "First" in panel
    assert "<form" not in panel
    assert "data-status" not in panel.partition(">")[0]
    roadmap.visibility = Visibility.PRIVATE
    session.flush()
    assert Browser(app).get("/roadmaps/sample" + PANEL.format("second")).status_code == 404


def test_maps_name_its_address_and_those_of_reports_do_not(learner: Learner) -> None:
    assert f'data-panel="{learner.base}/milestones/KEY/panel"' in learner.page("?view=map")
    public = learner.browser.get("/roadmaps/sample?view=map").text
    assert 'data-panel="/roadmaps/sample/milestones/KEY/panel"' in public
    assert "data-panel" not in learner.page("/report?view=map")
