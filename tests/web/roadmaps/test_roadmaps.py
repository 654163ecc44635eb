"""The start page, the catalogue and the public page of a roadmap, for visitors and for learners."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.domain.roadmaps.roadmaps import Visibility
from tests.support.browsing import Browser
from tests.support.learning import Learner
from tests.support.outlines import add_roadmap, sample


@pytest.fixture
def visitor(app: Flask, session: Session) -> Browser:
    """Nobody in particular; the sample roadmap is there."""
    add_roadmap(session)
    return Browser(app)


@pytest.mark.parametrize("path", ["/", "/roadmaps"])
def test_visitors_find_the_roadmaps(visitor: Browser, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, 'href="/roadmaps/sample"' in answer.text) == (200, True)


def test_a_roadmap_shows_all_its_milestones_and_pathways(visitor: Browser) -> None:
    page = visitor.get("/roadmaps/sample").text
    assert all(each.title in page for each in sample().milestones.values())
    assert all(each.title in page for each in sample().pathways)
    assert "/roadmaps/sample/enrollment" in page


def test_a_milestone_of_it_has_a_page_to_read(visitor: Browser) -> None:
    assert 'href="/roadmaps/sample/milestones/second"' in visitor.get("/roadmaps/sample").text
    page = visitor.get("/roadmaps/sample/milestones/second").text
    for text in ("Why second.", "second works", "h estimated<", 'href="/roadmaps/sample/milestones/first"'):
        assert text in page
    assert "/roadmaps/sample/enrollment" in page
    assert visitor.get("/roadmaps/sample/milestones/nowhere").status_code == 404


def test_the_page_of_a_milestone_leads_learners_to_their_own(learner: Learner) -> None:
    assert f"{learner.base}/milestones/first" in learner.browser.get("/roadmaps/sample/milestones/first").text


def test_learners_are_led_to_their_own(learner: Learner) -> None:
    assert learner.base in learner.browser.get("/roadmaps/sample").text
    assert learner.base in learner.browser.get("/roadmaps").text


def test_the_page_for_somebody_is_not_shown_to_others(app: Flask, learner: Learner) -> None:
    visitors = (Browser(app), learner.browser, Browser(app))
    shown = [learner.base in each.get("/roadmaps/sample").text for each in visitors]
    assert shown == [False, True, False]


def test_the_page_shows_a_new_edition_at_once(learner: Learner) -> None:
    assert "Edition 1" in learner.browser.get("/roadmaps/sample").text
    learner.publish()
    assert "Edition 2" in learner.browser.get("/roadmaps/sample").text


def test_a_private_roadmap_is_404_for_others(visitor: Browser, session: Session) -> None:
    add_roadmap(session, sample("private")).visibility = Visibility.PRIVATE
    session.flush()
    assert visitor.get("/roadmaps/private").status_code == 404
    assert "private" not in visitor.get("/roadmaps").text


def test_a_roadmap_that_is_not_there_is_404(visitor: Browser) -> None:
    for slug in ("nothing", "%00", "x" * 500, "%F0%9F%91%A9"):
        assert visitor.get(f"/roadmaps/{slug}").status_code == 404, slug
