"""The address that a refused form leaves in the browser can be opened: it leads to the page of the form."""

import pytest
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed

from roadmap.web.access_table import ACCESS
from tests.support.learning import Learner

# Buttons without a page above them: they have nothing to type, so nothing is refused beside a field.
BUTTONS = {"themes.update", "sign_ins.destroy", "shares.destroy", "feeds.destroy", "mentorships.destroy"}
POSTS = sorted(endpoint for method, endpoint in ACCESS if method == "POST")


def path_of(app: Flask, endpoint: str) -> str:
    """A path of this endpoint, for objects that need not exist."""
    rule = next(rule for rule in app.url_map.iter_rules(endpoint) if "POST" in (rule.methods or ()))
    built = rule.build(dict.fromkeys(rule.arguments, "1"))
    assert built is not None
    return built[1]


def has_page(app: Flask, path: str) -> bool:
    try:
        app.url_map.bind("").match(path, method="GET")
    except MethodNotAllowed:
        return False
    return True


def test_every_form_has_a_page_at_its_address_or_above(app: Flask) -> None:
    assert len(POSTS) > 40
    for endpoint in POSTS:
        path = path_of(app, endpoint)
        answer = app.test_client().get(path)
        if has_page(app, path):
            assert answer.status_code != 405, endpoint
        elif endpoint in BUTTONS:
            assert (answer.status_code, "POST" in answer.headers["Allow"]) == (405, True), endpoint
        else:
            assert answer.status_code == 303, endpoint
            assert path.startswith(f"{answer.location}/"), endpoint
            assert has_page(app, answer.location), endpoint


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/milestones/first/evidence", "/milestones/first"),
        ("/milestones/first/submission", "/milestones/first"),
        ("/milestones/first/note", "/milestones/first"),
        ("/known", ""),
    ],
)
def test_after_a_refusal_the_address_leads_back_to_the_form(learner: Learner, path: str, page: str) -> None:
    assert learner.get(path).location == learner.base + page


def test_programs_are_told_that_there_is_no_such_method(learner: Learner) -> None:
    answer = learner.browser.get(
        f"{learner.base}/milestones/first/evidence", headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
