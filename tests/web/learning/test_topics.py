"""The topics of an edition, which the filter of the list fetches when it is used."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import Learner
from tests.support.outlines import add_roadmap, enroll, milestone, outline, skill

TOPICS = {"docker": ["Docker", "containers"]}


@pytest.fixture
def base(learner: Learner) -> str:
    """Lena's enrollment on a roadmap in which one of two milestones has topics."""
    steps = (replace(milestone("docker"), topics=("Docker", "containers")), milestone("plain"))
    add_roadmap(learner.session, outline(skill("core", *steps), slug="with-topics"))
    return f"/enrollments/{enroll(learner.session, learner.person, 'with-topics').public_id}"


def test_the_list_names_the_address_and_carries_no_topics(learner: Learner, base: str) -> None:
    page = learner.browser.get(base).text
    assert f'data-topics="{base}/topics/1.json"' in page
    assert "containers" not in page


def test_it_may_be_kept_for_good_and_is_not_sent_twice(learner: Learner, base: str) -> None:
    answer = learner.browser.get(f"{base}/topics/1.json")
    assert answer.get_json() == TOPICS
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "Cookie" in answer.headers["Vary"]
    known = {"If-None-Match": answer.headers["ETag"]}
    assert learner.browser.get(f"{base}/topics/1.json", headers=known).status_code == 304


def test_only_those_who_see_the_list_see_them(
    app: Flask, session: Session, learner: Learner, base: str
) -> None:
    otto = browser_of(app, session, add_user(session, "Otto"))
    for browser, path, status in (
        (otto, f"{base}/topics/1.json", 404),
        (learner.browser, f"{base}/topics/2.json", 404),
        (Browser(app), f"{base}/topics/1.json", 302),
    ):
        assert browser.get(path).status_code == status, path


def test_without_scripts_the_form_finds_by_topic(learner: Learner, base: str) -> None:
    page = learner.browser.get(f"{base}?q=containers").text
    assert ('data-milestone="docker"' in page, 'data-milestone="plain"' in page) == (True, False)
