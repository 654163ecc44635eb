"""Everybody asks for every route with real addresses, and gets what the table and its page say."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from roadmap.web.access_table import ACCESS
from tests.support.access_page import ABSENT, ANSWERS, FORBIDDEN, IN, PAGE, PEOPLE, SIGN_IN, access_page
from tests.support.access_scene import Scene, set_scene
from tests.support.fixtures.databases import SharedDatabase
from tests.support.learning import Learner, Learning
from tests.support.mentoring import end, verified

# What makes a form so good that only the person can be wrong.
FIELDS = {
    "invitations.answer": {"answer": "decline"},
    "submissions.review": {"outcome": "verified"},
    "mentorships.note": {"note": "A note", "version": "0"},
    "own_sessions.destroy": {"which": "others"},
}


@pytest.fixture
def scene(app: Flask, learner: Learner) -> Scene:
    return set_scene(app, Learning(learner.session, learner.person, learner.enrollment))


def ask(scene: Scene, person: str, method: str, endpoint: str) -> str:
    browser, path = scene.browser(person), scene.path(endpoint)
    if method == "GET":
        return outcome(browser.get(path))
    return outcome(browser.post(path, **FIELDS.get(endpoint, {})))


def outcome(answer: TestResponse) -> str:
    assert answer.status_code < 500, answer.text
    if answer.status_code == 302 and answer.location.startswith("/login"):
        return SIGN_IN
    return {403: FORBIDDEN, 404: ABSENT}.get(answer.status_code, IN)


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_what_the_table_says(database: SharedDatabase, scene: Scene, person: str) -> None:
    found, documented = {}, {}
    for (method, endpoint), access in ACCESS.items():
        with database.undoing():
            found[method, endpoint] = ask(scene, person, method, endpoint)
        documented[method, endpoint] = ANSWERS[access][person]
    assert found == documented


@pytest.mark.both_databases
@pytest.mark.slow
def test_a_mentorship_that_ends_takes_every_route_with_it_at_once(
    database: SharedDatabase, scene: Scene
) -> None:
    milo = scene.people["mentor"]
    assert milo is not None
    verified(scene.learning, milo, "look")
    before = {route: ANSWERS[access]["mentor"] for route, access in ACCESS.items()}
    end(scene.learning, milo, by=scene.learning.person)
    for (method, endpoint), answer in before.items():
        with database.undoing():
            after = ask(scene, "mentor", method, endpoint)
        assert after == ANSWERS[ACCESS[method, endpoint]]["mona"], (method, endpoint, answer)
    assert "Milo" in scene.browser("learner").get(scene.path("milestones.show").replace("first", "look")).text


def test_the_page_of_the_documentation_is_the_table(app: Flask) -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == access_page(app), "run: uv run python -m tests.support.access_page"


def test_every_kind_of_access_is_used_and_explained() -> None:
    assert set(ANSWERS) == set(ACCESS.values())
