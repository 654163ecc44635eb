"""Pages that are forbidden: what one may not do there, why, and links that lead on."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import ForbiddenReason
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.mentoring.submissions import Review
from roadmap.web.forbidden import LEARNERS, REVIEWS, guidance_for
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import Learner
from tests.support.mentoring import invite, verified

TITLE = re.compile("<h1>(.*?)</h1>")
STEP = re.compile(r'<a class="button[^"]*" href="([^"]+)"')

AS_MENTOR = [
    ("get", "/settings", "Only the learner can change these settings"),
    ("post", "/edition", "Only the learner can accept an edition"),
    ("get", "/shares", "Only the learner can share this report"),
    ("post", "/known", "Only the learner can mark milestones"),
    ("post", "/history/2/undo", "Only the learner can undo this"),
    ("post", "/milestones/first/progress", "Only the learner can mark milestones"),
    ("post", "/milestones/first/revisit", "Only the learner can set this date"),
    ("post", "/milestones/first/note", "Only the learner can edit this note"),
    ("post", "/milestones/first/submission", "Only the learner can submit"),
    ("post", "/milestones/first/withdrawal", "Only the learner can withdraw this"),
    ("post", "/milestones/first/evidence", "Only the learner can change the evidence"),
]


def steps_on(answer: TestResponse, title: str) -> list[str]:
    """The links of a page that says what is forbidden."""
    assert (answer.status_code, TITLE.findall(answer.text)) == (403, [title])
    steps = STEP.findall(answer.text.partition("<main")[2])
    assert len(steps) == 2
    return steps


def check_leads_on(browser: Browser, answer: TestResponse, title: str) -> None:
    """The page says what is forbidden, and each of its links opens for this person."""
    for step in steps_on(answer, title):
        assert browser.get(step).status_code == 200, step


def test_a_mentor_reads_what_is_the_learners_and_where_to_go(learner: Learner, mentor: Browser) -> None:
    opened: set[str] = set()
    for method, path, title in AS_MENTOR:
        answer = getattr(mentor, method)(learner.base + path)
        steps = steps_on(answer, title)
        assert "As their mentor, you can view it and review their work." in answer.text, path
        opened |= {*steps}
    assert {mentor.get(step).status_code for step in opened} == {200}


@pytest.mark.parametrize(("purpose", "title"), [("badge", "a badge"), ("calendar", "this calendar")])
def test_a_mentor_makes_no_links_of_a_learner(
    learner: Learner, mentor: Browser, purpose: str, title: str
) -> None:
    answer = mentor.post(f"/settings/{purpose}/{learner.enrollment.public_id}")
    check_leads_on(mentor, answer, f"Only the learner can create {title}")


def test_an_archived_roadmap_leads_to_its_settings_and_keeps_what_was_typed(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.ARCHIVED)
    answer = learner.post("/milestones/first/note", note="A long thought")
    check_leads_on(learner.browser, answer, "This roadmap is archived")
    assert STEP.findall(answer.text)[-2] == f"{learner.base}/settings"
    assert "A long thought" in answer.text


def test_an_answer_to_archived_work_is_kept(learner: Learner, mentor: Browser, milo: User) -> None:
    work = verified(learner, milo)
    (review,) = learner.session.scalars(select(Review)).all()
    learner.choose(state=EnrollmentState.ARCHIVED)
    fields = {"outcome": "returned", "replaces": review.public_id, "reason": "On a second look"}
    answer = mentor.post(f"/submissions/{work.public_id}/review", feedback="Add a test", **fields)
    check_leads_on(mentor, answer, "This roadmap is archived")
    assert "Add a test" in answer.text


def test_nobody_reviews_their_own_work_and_reads_who_does(learner: Learner, work_url: str) -> None:
    answer = learner.browser.post(f"{work_url}/claim")
    check_leads_on(learner.browser, answer, "This is your own work")


def test_an_invitation_of_somebody_else_leads_to_its_page(app: Flask, learner: Learner) -> None:
    _, secret = invite(learner.session, learner.person)
    otto = browser_of(app, learner.session, add_user(learner.session, "Otto"))
    answer = otto.post(f"/invitations/{secret}", answer="accept")
    check_leads_on(otto, answer, "This invitation is for someone else")


def test_administration_leads_back_to_ones_own(learner: Learner) -> None:
    check_leads_on(learner.browser, learner.browser.get("/admin"), "This page is for administrators")


def test_a_milestone_named_like_a_page_is_still_a_milestone(app: Flask) -> None:
    with app.test_request_context("/enrollments/x/milestones/edition/progress", method="POST") as context:
        values = context.request.view_args or {}
        guidance = guidance_for(ForbiddenReason.LEARNER, context.request.endpoint or "", values)
    assert guidance.title == "Only the learner can mark milestones"
    assert guidance.steps[0] == ("See the milestone", "/enrollments/x/milestones/edition")


@pytest.mark.parametrize("reason", ForbiddenReason)
def test_every_reason_has_words_and_steps(app: Flask, reason: ForbiddenReason) -> None:
    with app.test_request_context():
        values = {"public_id": "x", "identifier": "x", "token": "x"}
        guidance = guidance_for(reason, "enrollments.show", values)
    assert all((guidance.title, guidance.advice, guidance.steps))


def test_every_endpoint_with_its_own_words_exists(app: Flask) -> None:
    assert LEARNERS.keys() | REVIEWS <= app.view_functions.keys() | app.blueprints.keys()


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/register", "/register"),
        ("/password/reset", "/password/forgotten"),
        ("/address", "/settings/address"),
    ],
)
def test_a_link_that_no_longer_works_leads_to_where_a_new_one_is_made(
    app: Flask, path: str, leads_to: str
) -> None:
    answer = Browser(app).get(f"{path}/long-gone")
    assert answer.status_code == 404
    assert leads_to in STEP.findall(answer.text)
