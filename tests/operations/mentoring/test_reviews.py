"""Reviews: verified or returned with feedback, never edited, replaced with a reason."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, Invalid, NotFound
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.mentoring.submissions import (
    FEEDBACK_LENGTH,
    REPLACEMENT_REASON_LENGTH,
    Outcome,
    Review,
    Submission,
    SubmissionState,
)
from roadmap.operations.accounts.users import delete_user
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import HOUR, end, mentor_of, review, submit, submit_as_is, verified, withdraw

RETURNED, VERIFIED = Outcome.RETURNED, Outcome.VERIFIED


@pytest.fixture
def work(learning: Learning, milo: User) -> Submission:
    return submit(learning)


def replace(
    learning: Learning, old: Review, by: User, outcome: Outcome = RETURNED, reason: str = "I misread it."
) -> Review:
    work = learning.session.get_one(Submission, old.submission_id)
    return review(learning, work, by, outcome, replaces=old.public_id, reason=reason)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_answer_is_on_record_and_moves_the_mark(
    learning: Learning, work: Submission, milo: User, outcome: Outcome
) -> None:
    learning.at += HOUR
    given = review(learning, work, milo, outcome, "  Fine.\r\nOr not. ", criteria=(1, 1))
    assert (given.reviewer_name, given.reviewed_at, given.feedback) == ("Milo", learning.at, "Fine.\nOr not.")
    assert (given.criteria, work.state) == ([1], SubmissionState.ANSWERED)
    milestone_state = learning.milestone_state("first")
    assert (milestone_state.verification, milestone_state.review_id) == (
        Verification(outcome.value),
        given.id,
    )
    assert learning.events()[-1].actor_id == milo.id


def test_verified_needs_no_words(learning: Learning, work: Submission, milo: User) -> None:
    assert review(learning, work, milo, feedback="").feedback is None


def test_an_answer_that_does_not_fit_names_its_field_and_changes_nothing(
    learning: Learning, work: Submission, milo: User
) -> None:
    for outcome, fields, named in (
        (RETURNED, {"feedback": " \n"}, "feedback"),
        (VERIFIED, {"feedback": "x" * (FEEDBACK_LENGTH + 1)}, "feedback"),
        (VERIFIED, {"criteria": (0,)}, "criteria"),
        (VERIFIED, {"criteria": (2,)}, "criteria"),
    ):
        with pytest.raises(Invalid) as refused:
            review(learning, work, milo, outcome, **fields)
        assert list(refused.value.errors) == [named], fields
        assert work.state is SubmissionState.OPEN, fields
        assert learning.milestone_state("first").verification == "submitted", fields


def test_nobody_reviews_their_own_work(learning: Learning, work: Submission) -> None:
    with pytest.raises(Forbidden, match="own work"):
        review(learning, work, learning.person)


def test_strangers_find_nothing(learning: Learning, work: Submission) -> None:
    with pytest.raises(NotFound):
        review(learning, work, add_user(learning.session, "Otto"))


def test_answered_work_is_refused_with_who_and_when(learning: Learning, work: Submission, milo: User) -> None:
    review(learning, work, milo, RETURNED)
    with pytest.raises(Conflict, match=r"Milo answered this on 2 March 2026 at 12:00 UTC: returned"):
        review(learning, work, mentor_of(learning, "Mina"))
    assert learning.milestone_state("first").verification is Verification.RETURNED


def test_withdrawn_work_is_refused(learning: Learning, work: Submission, milo: User) -> None:
    withdraw(learning)
    with pytest.raises(Conflict, match="has been withdrawn"):
        review(learning, work, milo)


def test_a_review_can_be_replaced_with_a_reason(learning: Learning, work: Submission, milo: User) -> None:
    old, mina = review(learning, work, milo), mentor_of(learning, "Mina")
    new = replace(learning, old, mina, RETURNED)
    assert (new.replaces_id, new.reason, new.reviewer_name) == (old.id, "I misread it.", "Mina")
    milestone_state = learning.milestone_state("first")
    assert (milestone_state.verification, milestone_state.review_id) == (Verification.RETURNED, new.id)
    assert old.outcome is VERIFIED


@pytest.mark.parametrize("reason", ["", "  ", "x" * (REPLACEMENT_REASON_LENGTH + 1)])
def test_replacing_needs_a_reason(learning: Learning, work: Submission, milo: User, reason: str) -> None:
    old = review(learning, work, milo)
    with pytest.raises(Invalid) as refused:
        replace(learning, old, milo, reason=reason)
    assert list(refused.value.errors) == ["reason"]


def test_only_the_answer_that_holds_is_replaced(learning: Learning, work: Submission, milo: User) -> None:
    old = review(learning, work, milo)
    new = replace(learning, old, milo)
    with pytest.raises(Conflict, match="replaced"):
        replace(learning, old, milo)
    assert replace(learning, new, milo, VERIFIED).replaces_id == new.id


def test_once_it_is_handed_in_again_an_earlier_round_stays(learning: Learning, milo: User) -> None:
    old = review(learning, submit(learning), milo, RETURNED)
    submit_as_is(learning)
    with pytest.raises(Conflict, match="latest submission"):
        replace(learning, old, milo, VERIFIED)
    withdraw(learning)
    replace(learning, old, milo, VERIFIED)
    assert learning.milestone_state("first").verification is Verification.VERIFIED


def test_a_review_of_other_work_is_not_replaced(learning: Learning, work: Submission, milo: User) -> None:
    other = review(learning, submit(learning, "see"), milo)
    with pytest.raises(NotFound):
        review(learning, work, milo, replaces=other.public_id, reason="Why")


def test_archived_is_read_only_for_answers_too(learning: Learning, milo: User) -> None:
    old = review(learning, submit(learning), milo)
    learning.choose(state=EnrollmentState.ARCHIVED)
    with pytest.raises(Forbidden, match="read-only"):
        replace(learning, old, milo)


def test_after_the_end_a_former_mentor_finds_nothing_to_replace(learning: Learning, milo: User) -> None:
    old = review(learning, submit(learning), milo)
    end(learning, milo)
    with pytest.raises(NotFound):
        replace(learning, old, milo)
    assert old.signature == "Milo"


@pytest.mark.both_databases
@pytest.mark.parametrize("column", ["outcome", "criteria", "reviewed_at", "submission_id"])
def test_the_database_keeps_reviews_as_they_are(learning: Learning, milo: User, column: str) -> None:
    verified(learning, milo)
    same = getattr(Review, column)
    with pytest.raises(DatabaseError, match="stays as it is"), learning.session.begin_nested():
        learning.session.execute(update(Review).values({column: same}))


def test_reviews_are_not_undone(learning: Learning, work: Submission, milo: User) -> None:
    review(learning, work, milo)
    change = learning.events()[-1].number
    with pytest.raises(Conflict, match="can’t be undone"):
        learning.undo(change)
    learning.person = milo
    with pytest.raises(Conflict, match="can’t be undone"):
        learning.undo(change)


def test_an_answer_stands_in_the_way_of_undoing_the_submission(learning: Learning, milo: User) -> None:
    learning.mark("first")
    submission, change = submit_as_is(learning)
    review(learning, submission, milo, RETURNED)
    with pytest.raises(Conflict, match="is newer and affects the same thing"):
        learning.undo(change)


def test_reviews_of_a_deleted_mentor_stay_and_say_so(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    learning.session.flush()
    add_user(learning.session, "Ada", is_admin=True)
    delete_user(learning.session, milo, by=None, at=NOON)
    learning.session.expire_all()
    left = learning.session.scalars(select(Review)).one()
    assert (left.reviewer_id, left.signature) == (None, "deleted account")
    assert learning.milestone_state("first").verification is Verification.VERIFIED


def test_a_verified_milestone_counts_again_once_it_is_done_again(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    change = learning.mark("first", Status.SKIPPED)
    assert learning.milestone_state("first").verification is Verification.VERIFIED
    learning.undo(change)
    assert (learning.milestone_state("first").status, learning.events()[-1].kind) == (
        Status.DONE,
        EventKind.PROGRESS_SET,
    )
