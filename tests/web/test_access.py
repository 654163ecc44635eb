"""The access table: every route is in it, and everybody gets what it says."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from roadmap.web.access import OPEN, Access, AccessProblem, init_access
from roadmap.web.access_table import ACCESS
from roadmap.web.limits.rate_limits import RateLimits
from tests.support.browsing import Browser, add_account, browser_of

pytestmark = pytest.mark.slow

OF_OBJECTS = set(Access) - {Access.VISITOR, Access.LINK, Access.SIGNED_IN, Access.ADMIN}
Answers = dict[tuple[str, str], int]


def path_of(app: Flask, endpoint: str) -> str:
    """The path of a route with values that name nothing."""
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    return re.sub(r"<[^>]+>", "7", rule.rule)


def walked(browser_for: Callable[[], Browser]) -> Answers:
    """The status of every route, each asked by a fresh browser, with a good token."""
    found = {}
    for method, endpoint in ACCESS:
        browser = browser_for()
        path = path_of(browser.client.application, endpoint)
        data = {"csrf_token": browser.token()} if method != "GET" else None
        found[method, endpoint] = browser.client.open(path, method=method, data=data).status_code
    return found


def only(answers: Answers, *kinds: Access) -> Answers:
    return {route: status for route, status in answers.items() if ACCESS[route] in kinds}


def test_a_visitor_is_asked_to_sign_in_wherever_it_is_not_open(app: Flask, session: Session) -> None:
    answers = walked(lambda: Browser(app))
    closed = set(Access) - OPEN
    assert set(only(answers, *closed).values()) == {302}
    assert set(only(answers, Access.VISITOR).values()) <= {200, 302, 303, 404, 422}
    assert set(only(answers, Access.LINK).values()) == {404}


def test_a_person_reaches_nothing_of_others_and_no_administration(app: Flask, session: Session) -> None:
    otto = add_account(session, "Otto")
    answers = walked(lambda: browser_of(app, session, otto))
    assert set(only(answers, Access.ADMIN).values()) == {403}
    assert set(only(answers, *OF_OBJECTS).values()) == {404}
    assert set(only(answers, Access.VISITOR, Access.SIGNED_IN).values()) <= {200, 302, 303, 404, 422}


def test_an_administrator_sees_nothing_of_a_learner(app: Flask, session: Session) -> None:
    ada = add_account(session, "Ada", is_admin=True)
    answers = walked(lambda: browser_of(app, session, ada))
    assert set(only(answers, *OF_OBJECTS).values()) == {404}
    assert set(only(answers, Access.ADMIN).values()) <= {200, 404, 422}


def small_app() -> Flask:
    app = Flask("small", static_folder=None)
    app.add_url_rule("/", "page", lambda: "", methods=["GET", "POST"])
    return app


def test_a_route_that_is_not_in_the_table_stops_the_start() -> None:
    with pytest.raises(AccessProblem, match=r"lacks.*POST.*page"):
        init_access(small_app(), {("GET", "page"): Access.VISITOR}, RateLimits())


def test_an_entry_without_a_route_stops_the_start() -> None:
    here = {("GET", "page"): Access.VISITOR, ("POST", "page"): Access.VISITOR}
    with pytest.raises(AccessProblem, match=r"do not exist.*gone"):
        init_access(small_app(), {**here, ("GET", "gone"): Access.ADMIN}, RateLimits())


def test_head_needs_what_get_needs(app: Flask) -> None:
    assert app.test_client().head("/settings").status_code == 302


def test_a_page_that_does_not_exist_is_404_for_visitors(app: Flask) -> None:
    assert app.test_client().get("/nowhere").status_code == 404
