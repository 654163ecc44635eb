"""Claiming and answering through forms: statuses, what a refusal keeps, and the end of a mentorship."""

import pytest
from sqlalchemy import select

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.progress import Verification
from roadmap.domain.mentoring.submissions import Outcome, Review, Submission, SubmissionState
from tests.support.browsing import Browser
from tests.support.learning import Learner
from tests.support.mentoring import (
    claim,
    end,
    mentor_of,
    returned,
    review,
    submissions_in,
    submit_as_is,
    withdraw,
)
from tests.support.pages.data_attributes import events_in, numbers_in
from tests.support.pages.submitting import ANSWER, FRAGMENT, SUBMIT, state, verification


def test_a_claim_is_shown_renewed_and_given_back(learner: Learner, mentor: Browser, work_url: str) -> None:
    assert mentor.post(f"{work_url}/claim").location == work_url
    assert 'data-held="2026-03-02T12:30' in mentor.get(work_url).text
    renewed = mentor.post(f"{work_url}/claim", FRAGMENT)
    assert (renewed.status_code, "<html" in renewed.text) == (200, False)
    assert 'data-held="2026-03-02T12:30' in renewed.text
    assert mentor.post(f"{work_url}/release").location == "/mentoring"
    assert 'data-held="' not in mentor.get(work_url).text


def test_the_open_page_is_told_who_holds_it_without_an_error(
    learner: Learner, mentor: Browser, work_url: str
) -> None:
    submission = learner.session.scalars(select(Submission)).one()
    claim(learner, submission, mentor_of(learner, "Mina"))
    message = mentor.post(f"{work_url}/claim", FRAGMENT)
    assert (message.status_code, "data-held" in message.text, "data-announce" in message.text) == (
        200,
        False,
        True,
    )
    assert "Mina has held this since 12:00" in message.text


def test_what_another_holds_is_409_for_claims_and_answers(
    learner: Learner, mentor: Browser, work_url: str
) -> None:
    submission = learner.session.scalars(select(Submission)).one()
    claim(learner, submission, mentor_of(learner, "Mina"))
    assert mentor.post(f"{work_url}/claim").status_code == 409
    answer = mentor.post(f"{work_url}/review", **ANSWER)
    assert (answer.status_code, state(learner)) == (409, SubmissionState.OPEN)
    assert "Mina has held this since 12:00" in answer.text
    assert "Where is the &lt;test&gt;?" in answer.text
    assert "Mina has claimed this" in mentor.get(work_url).text


def test_an_answer_moves_the_mark_and_both_see_it(learner: Learner, mentor: Browser, work_url: str) -> None:
    assert numbers_in(learner.page()) == ("13", "0")
    answer = mentor.post(f"{work_url}/review", outcome="verified", criteria="1")
    assert (answer.status_code, answer.location) == (303, work_url)
    assert (verification(learner), numbers_in(learner.page())) == ("verified", ("13", "13"))
    given = learner.session.scalars(select(Review)).one()
    assert (given.outcome, given.criteria, given.reviewer_name) == (Outcome.VERIFIED, [1], "Milo")


@pytest.mark.both_databases
def test_returned_work_comes_back_with_its_feedback_and_can_be_handed_in(
    learner: Learner, mentor: Browser, work_url: str
) -> None:
    assert mentor.post(f"{work_url}/review", **ANSWER).status_code == 303
    page = learner.page("/milestones/first")
    assert "Where is the &lt;test&gt;?" in page
    assert verification(learner) == "returned"
    assert "First" in learner.browser.get("/today").text
    assert learner.post(SUBMIT, comment="It is there now.").status_code == 303
    assert "Where is the &lt;test&gt;?" in mentor.get(f"/submissions/{newest(learner)}").text


def newest(learner: Learner) -> str:
    learner.session.expire_all()
    return submissions_in(learner.session, learner.enrollment)[-1].public_id


ODD_ANSWERS = (
    *({}, {"outcome": "perfect"}, {"outcome": "returned"}, {"outcome": "returned", "feedback": "  "}),
    {"outcome": "verified", "feedback": "x" * 10_001},
    *({"outcome": "verified", "criteria": each} for each in ("9", "-1", "one", "９")),
)


def test_an_answer_that_does_not_fit_is_422_and_changes_nothing(
    learner: Learner, mentor: Browser, work_url: str
) -> None:
    for fields in ODD_ANSWERS:
        assert mentor.post(f"{work_url}/review", **fields).status_code == 422, fields
        assert state(learner) is SubmissionState.OPEN, fields
        assert learner.session.scalars(select(Review)).all() == [], fields


def test_a_refused_answer_keeps_what_was_typed(learner: Learner, mentor: Browser, work_url: str) -> None:
    answer = mentor.post(f"{work_url}/review", feedback="All of this", criteria="1")
    assert answer.status_code == 422
    assert "All of this</textarea>" in answer.text
    assert 'value="1" checked' in answer.text


@pytest.mark.both_databases
def test_work_that_was_answered_meanwhile_is_409_with_who_and_when_and_keeps_the_feedback(
    learner: Learner, mentor: Browser, work_url: str
) -> None:
    submission = learner.session.scalars(select(Submission)).one()
    review(learner, submission, mentor_of(learner, "Mina"))
    answer = mentor.post(f"{work_url}/review", **ANSWER)
    assert answer.status_code == 409
    assert "Mina answered this on 2 March 2026 at 12:00 UTC: verified." in answer.text
    assert "Where is the &lt;test&gt;?" in answer.text
    assert verification(learner) == "verified"


def test_work_that_was_withdrawn_meanwhile_is_409_and_keeps_the_feedback(
    learner: Learner, mentor: Browser, work_url: str
) -> None:
    withdraw(learner)
    answer = mentor.post(f"{work_url}/review", **ANSWER)
    assert (answer.status_code, "has been withdrawn" in answer.text) == (409, True)
    assert "Where is the &lt;test&gt;?" in answer.text


def test_an_answer_is_replaced_with_a_reason(learner: Learner, mentor: Browser, work_url: str) -> None:
    mentor.post(f"{work_url}/review", outcome="verified")
    old = learner.session.scalars(select(Review)).one().public_id
    assert mentor.post(f"{work_url}/review", **ANSWER, replaces=old).status_code == 422
    assert mentor.post(f"{work_url}/review", **ANSWER, replaces="nothing", reason="x").status_code == 404
    assert mentor.post(f"{work_url}/review", **ANSWER, replaces=old, reason="I misread").status_code == 303
    assert verification(learner) == "returned"
    assert "I misread" in learner.page("/milestones/first")


def test_nobody_answers_their_own_work(learner: Learner, work_url: str) -> None:
    for action, fields in (("claim", {}), ("release", {}), ("review", {}), ("review", ANSWER)):
        assert learner.browser.post(f"{work_url}/{action}", **fields).status_code == 403
    assert 'name="outcome"' not in learner.browser.get(work_url).text


def test_a_review_is_not_undone(learner: Learner, mentor: Browser, work_url: str) -> None:
    mentor.post(f"{work_url}/review", outcome="verified")
    change = events_in(learner.page("/history"))[0]
    assert learner.post(f"/history/{change}/undo").status_code == 409
    assert mentor.post(f"{learner.base}/history/{change}/undo").status_code == 403
    assert verification(learner) == "verified"


def test_after_the_mentorship_ended_work_is_404_at_once_and_past_reviews_keep_their_name(
    learner: Learner, mentor: Browser, milo: User
) -> None:
    returned(learner, milo)
    work = f"/submissions/{submit_as_is(learner)[0].public_id}"
    end(learner, milo)
    assert mentor.get(work).status_code == 404
    assert [mentor.post(f"{work}/{each}", **ANSWER).status_code for each in ("claim", "review")] == [404, 404]
    assert "Milo" in learner.page("/milestones/first")
    assert learner.milestone_state("first").verification is Verification.SUBMITTED


def missing_in(page: str) -> str:
    """What stands beside the mark of work that came back."""
    return page.partition('id="returned-title"')[2].partition("</section>")[0]


def test_what_is_missing_stands_beside_the_mark_until_it_is_submitted_again(
    learner: Learner, milo: User
) -> None:
    assert missing_in(learner.page("/milestones/first")) == ""
    returned(learner, milo)
    page = missing_in(learner.page("/milestones/first"))
    assert ("Look again." in page, "Milo" in page, 'href="#submission"' in page) == (True, True, True)
    submit_as_is(learner, "first")
    learner.session.commit()
    assert missing_in(learner.page("/milestones/first")) == ""


@pytest.mark.parametrize("letter_keys", [True, False])
def test_the_page_shows_its_keys_to_those_who_use_them(
    learner: Learner, mentor: Browser, milo: User, work_url: str, letter_keys: bool
) -> None:
    milo.letter_keys = letter_keys
    learner.session.commit()
    assert ("opens the feedback" in mentor.get(work_url).text) is letter_keys
