"""Signing off on the mentee's page, and what both people read of it afterwards."""

import re

import pytest
from sqlalchemy import select

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.progress import Status
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.submissions import Submission
from tests.support.browsing import Browser
from tests.support.learning import Learner
from tests.support.mentoring import returned, sign_off, submit, verified
from tests.support.pages.data_attributes import marks_in


@pytest.fixture
def page(learner: Learner, milo: User) -> str:
    return f"/mentoring/mentees/{learner.session.scalars(select(Mentorship)).one().public_id}"


def offered(html: str) -> list[str]:
    return re.findall(r'name="milestones" value="([^"]+)"', html)


def test_what_is_done_and_neither_verified_nor_submitted_is_offered(
    learner: Learner, mentor: Browser, milo: User, page: str
) -> None:
    learner.mark("habit")
    learner.mark("second", Status.IN_PROGRESS)
    returned(learner, milo, "see")
    verified(learner, milo, "look")
    submit(learner, "first")
    assert sorted(offered(mentor.get(page).text)) == ["habit", "see"]


def test_nothing_is_offered_where_nothing_is_done(mentor: Browser, page: str) -> None:
    assert "Sign off" not in mentor.get(page).text


def test_several_are_signed_off_at_once(learner: Learner, mentor: Browser, page: str) -> None:
    learner.mark("first")
    learner.mark("second")
    answer = mentor.post(f"{page}/sign-off", milestones=["first", "second"], feedback="Shown <b>live</b>")
    assert (answer.status_code, answer.location) == (303, page)
    html = mentor.get(page).text
    assert "2 milestones signed off." in html
    assert (marks_in(html)["first"], marks_in(html)["second"]) == (("done", "verified"),) * 2
    assert "2 milestones, all signed off in person" in html


@pytest.mark.parametrize("fields", [{}, {"milestones": ["second"]}, {"milestones": ["nothing"]}])
def test_what_is_refused_is_shown_with_what_was_typed(
    learner: Learner, mentor: Browser, page: str, fields: dict[str, list[str]]
) -> None:
    learner.mark("first")
    answer = mentor.post(f"{page}/sign-off", feedback="Typed text", **fields)
    assert answer.status_code == 422
    assert "Typed text" in answer.text
    assert 'role="alert"' in answer.text


def test_the_same_form_signs_off_once(learner: Learner, mentor: Browser, page: str) -> None:
    learner.mark("first")
    for _ in range(2):
        answer = mentor.post(f"{page}/sign-off", milestones="first", once="a-mark")
        assert answer.status_code == 303
    assert len(learner.session.scalars(select(Submission)).all()) == 1


def test_the_learner_reads_who_signed_off_and_the_feedback(learner: Learner, milo: User) -> None:
    learner.mark("first")
    sign_off(learner, milo, "first", feedback="Clear **answers**.")
    html = learner.page("/milestones/first")
    assert "Signed off in person" in html
    assert "Clear <strong>answers</strong>." in html
    assert "Submission 1" not in html
    assert "1 milestone, signed off in person" in learner.page()


def test_the_history_has_one_line_for_it_without_an_undo(
    learner: Learner, mentor: Browser, milo: User
) -> None:
    for key in ("first", "second"):
        learner.mark(key)
    sign_off(learner, milo, "first", "second")
    history = mentor.get(f"{learner.base}/history").text
    assert "Signed off on 2 milestones in person" in history
    assert "/undo" not in history
    assert "Submitted" not in history


def test_the_page_of_a_sign_off_names_it_and_lets_it_be_replaced(
    learner: Learner, mentor: Browser, milo: User
) -> None:
    learner.mark("first")
    sign_off(learner, milo, "first")
    html = mentor.get(f"/submissions/{learner.session.scalars(select(Submission)).one().public_id}").text
    assert "signed off in person" in html
    assert "submission 1" not in html
    assert 'name="replaces"' in html


def test_the_next_submission_is_the_first_round(learner: Learner, mentor: Browser, milo: User) -> None:
    learner.mark("first")
    sign_off(learner, milo, "first")
    learner.mark("second")
    submit(learner, "second")
    assert "round" not in mentor.get("/mentoring").text
