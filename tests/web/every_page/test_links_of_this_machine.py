"""Without a base URL, every page that hands out a link says that only this machine can open it."""

import re

import pytest
from flask import Flask

from roadmap.web.access_table import ACCESS
from tests.support.access_scene import Scene, set_scene
from tests.support.browsing import Browser
from tests.support.learning import Learner, Learning

# The base URL of tests is http://localhost. What a page says of itself in its head is no link for others.
HANDED_OUT = re.compile(r"(?:https?|webcal)://localhost/[\w?/-]+")
HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
WARNING = "which works only on this machine"
FIELDS = {
    "invitations.create": {"email": "mo@example.org", "as": "mentor", "roadmap": ""},
    "shares.create": {"expires_on": "", "as_of": ""},
    "issued_reports.create": {"as_of": ""},
}
MADE = (
    "invitations.create",
    "invitations.update",
    "shares.create",
    "feeds.create_badge",
    "feeds.create_calendar",
    "issued_reports.create",
)


@pytest.fixture
def scene(app: Flask, learner: Learner) -> Scene:
    return set_scene(app, Learning(learner.session, learner.person, learner.enrollment))


def handed_out(page: str) -> list[str]:
    return HANDED_OUT.findall(HEAD.sub("", page))


def after(browser: Browser, scene: Scene, endpoint: str) -> str:
    """The page that a form leads to."""
    answer = browser.post(scene.path(endpoint), **FIELDS.get(endpoint, {}))
    assert answer.status_code == 303, (endpoint, answer.text)
    return browser.get(answer.location).text


@pytest.mark.slow
@pytest.mark.parametrize("person", ["learner", "mentor", "admin"])
def test_every_page_that_hands_out_a_link_warns(scene: Scene, person: str) -> None:
    browser, warned = scene.browser(person), set()
    for method, endpoint in ACCESS:
        answer = browser.get(scene.path(endpoint)) if method == "GET" else None
        if answer is not None and answer.mimetype == "text/html" and handed_out(answer.text):
            assert WARNING in answer.text, (endpoint, handed_out(answer.text))
            warned.add(endpoint)
    assert warned or person != "learner"


def test_a_link_that_was_just_made_comes_with_the_warning(scene: Scene) -> None:
    for endpoint in MADE:
        assert WARNING in after(scene.browser("learner"), scene, endpoint), endpoint
    assert WARNING in after(scene.browser("admin"), scene, "users.reset"), "a link to a new password"
    frozen = scene.browser("learner").get(scene.path("issued_reports.show")).text
    assert "<code>http://localhost</code>" in frozen, "the address without a page of its own"
