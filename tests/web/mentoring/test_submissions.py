"""Handing in and taking back through forms: statuses, what a refusal keeps, who may see the work."""

import pytest
from flask import Flask

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import Status
from roadmap.domain.mentoring.submissions import SubmissionState
from tests.support.browsing import Browser, browser_of
from tests.support.cast import add_user
from tests.support.learning import Learner
from tests.support.mentoring import submissions_in
from tests.support.pages.data_attributes import events_in
from tests.support.pages.submitting import SUBMIT, WITHDRAW, state, verification


def test_a_submission_is_answered_with_303_to_the_milestone(learner: Learner, milo: User) -> None:
    learner.mark("first")
    answer = learner.post(SUBMIT, comment="See <main>")
    assert (answer.status_code, answer.location) == (303, f"{learner.base}/milestones/first#submission")
    assert verification(learner) == verification(learner, "") == "submitted"
    assert "See &lt;main&gt;" in learner.page("/milestones/first")


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS])
def test_what_is_not_done_is_422_and_keeps_the_comment(learner: Learner, milo: User, status: Status) -> None:
    learner.mark("first", status)
    answer = learner.post(SUBMIT, comment="My long comment")
    assert answer.status_code == 422
    assert "Mark the milestone done first" in answer.text
    assert "My long comment" in answer.text
    assert submissions_in(learner.session, learner.enrollment) == []


def test_without_a_mentor_it_is_422_and_leads_to_an_invitation(learner: Learner) -> None:
    learner.mark("first")
    assert "/mentoring?" in learner.page("/milestones/first")
    assert learner.post(SUBMIT).status_code == 422
    assert submissions_in(learner.session, learner.enrollment) == []


def test_twice_is_422_and_one_submission(learner: Learner, work_url: str) -> None:
    answer = learner.post(SUBMIT, comment="Again")
    assert answer.status_code == 422
    assert "is already waiting for a mentor" in answer.text
    assert len(submissions_in(learner.session, learner.enrollment)) == 1


def test_a_milestone_that_is_not_there_is_404(learner: Learner, milo: User) -> None:
    assert learner.post("/milestones/nothing/submission").status_code == 404
    assert learner.post("/milestones/nothing/withdrawal").status_code == 404


def test_withdrawing_takes_it_out_of_the_queue_and_has_an_undo(
    learner: Learner, mentor: Browser, work_url: str
) -> None:
    assert learner.post(WITHDRAW).status_code == 303
    assert (state(learner), verification(learner)) == (SubmissionState.WITHDRAWN, "none")
    assert 'data-submission="' not in mentor.get("/mentoring").text
    change = events_in(learner.page("/history"))[0]
    assert learner.post(f"/history/{change}/undo").status_code == 303
    assert (state(learner), verification(learner)) == (SubmissionState.OPEN, "submitted")


def test_criteria_are_on_the_page_once_where_they_are_ticked_or_else_in_the_work(
    learner: Learner, mentor: Browser, work_url: str
) -> None:
    def criteria_and_work() -> tuple[int, bool]:
        page = mentor.get(work_url).text
        return page.count(">first works<"), 'id="done-when"' in page

    assert criteria_and_work() == (1, False)
    assert 'id="done-when"' in learner.browser.get(work_url).text
    mentor.post(f"{work_url}/review", outcome="verified", criteria="1")
    assert "The criterion is met." in mentor.get(work_url).text
    assert criteria_and_work()[1]


def test_withdrawing_what_does_not_wait_is_409(learner: Learner, work_url: str) -> None:
    learner.post(WITHDRAW)
    assert learner.post(WITHDRAW).status_code == 409


def test_unmarking_takes_it_out_of_the_queue(learner: Learner, work_url: str) -> None:
    learner.post("/milestones/first/progress", status="in_progress")
    assert (state(learner), verification(learner)) == (SubmissionState.WITHDRAWN, "none")


def test_the_archive_is_read_only(learner: Learner, milo: User) -> None:
    learner.mark("first")
    learner.choose(state=EnrollmentState.ARCHIVED)
    assert (learner.post(SUBMIT).status_code, learner.post(WITHDRAW).status_code) == (403, 403)


def test_mentor_and_learner_see_the_work_and_a_stranger_does_not(
    app: Flask, learner: Learner, mentor: Browser, work_url: str
) -> None:
    otto = browser_of(app, learner.session, add_user(learner.session, "Otto"))
    statuses = [each.get(work_url).status_code for each in (mentor, learner.browser, otto)]
    assert statuses == [200, 200, 404]
    assert mentor.get("/submissions/nothing").status_code == 404
