"""Submissions: handed in with everything frozen, taken back, and withdrawn by themselves."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Invalid, NotFound
from roadmap.domain.learning.evidence import EvidenceRevision
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.mentoring.submissions import (
    COMMENT_LENGTH,
    Outcome,
    Submission,
    SubmissionEvidence,
    SubmissionState,
)
from roadmap.operations.learning.evidence import EvidenceDraft
from roadmap.operations.mentoring.submissions import NOTHING_TO_LOOK_AT
from tests.support.cast import add_user
from tests.support.learning import Learning
from tests.support.mentoring import (
    end,
    mentor,
    mentor_of,
    returned,
    review,
    submissions_in,
    submit,
    submit_as_is,
    verified,
    withdraw,
)
from tests.support.outlines import add_roadmap, sample

Prepare = Callable[[Learning, User], object]


def test_a_done_milestone_is_handed_in(learning: Learning, milo: User) -> None:
    submission = submit(learning, comment="\r\nSee the README.\r\n")
    assert (submission.state, submission.came_from) == (SubmissionState.OPEN, Verification.NONE)
    assert (submission.title, submission.criteria) == ("First", ["first works"])
    assert (submission.comment, submission.submitted_at) == ("See the README.", learning.at)
    assert learning.milestone_state("first").verification is Verification.SUBMITTED


def test_a_returned_submission_can_be_submitted_again(learning: Learning, milo: User) -> None:
    returned(learning, milo)
    again, _ = submit_as_is(learning)
    assert again.came_from is Verification.RETURNED
    assert learning.milestone_state("first").verification is Verification.SUBMITTED


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS, Status.SKIPPED])
def test_only_what_is_done_is_handed_in(learning: Learning, milo: User, status: Status) -> None:
    learning.mark("first", status)
    with pytest.raises(Invalid, match="done first"):
        submit_as_is(learning)


@pytest.mark.parametrize(
    ("key", "prepare", "why"),
    [
        ("first", lambda learning, milo: submit(learning), "is already waiting for a mentor"),
        ("first", verified, "already verified"),
        ("first", lambda learning, milo: (learning.mark("first"), end(learning, milo)), "Invite one first"),
    ],
)
def test_what_cannot_be_handed_in_says_why(
    learning: Learning, milo: User, key: str, prepare: Prepare, why: str
) -> None:
    prepare(learning, milo)
    before = len(learning.events())
    with pytest.raises(Invalid, match=why) as refused:
        submit_as_is(learning, key)
    assert (list(refused.value.errors), len(learning.events())) == (["comment"], before)


def test_a_milestone_that_is_not_there_is_not_found(learning: Learning, milo: User) -> None:
    with pytest.raises(NotFound):
        submit_as_is(learning, "third")


@pytest.mark.parametrize("comment", ["", " \r\n\t "])
def test_it_needs_evidence_or_a_comment(learning: Learning, milo: User, comment: str) -> None:
    learning.mark("first")
    before = len(learning.events())
    with pytest.raises(Invalid) as refused:
        submit_as_is(learning, comment=comment)
    assert refused.value.errors == {"comment": NOTHING_TO_LOOK_AT}
    assert (len(learning.events()), submissions_in(learning.session, learning.enrollment)) == (before, [])
    learning.show("second")
    learning.show("first")
    learning.withdraw("first", learning.pieces("first")[0])
    with pytest.raises(Invalid):
        submit_as_is(learning, comment=comment)
    learning.show("first")
    assert submit_as_is(learning, comment=comment)[0].comment is None


def test_a_comment_has_a_length(learning: Learning, milo: User) -> None:
    submit(learning, comment="x" * COMMENT_LENGTH)
    learning.mark("second")
    with pytest.raises(Invalid, match=f"{COMMENT_LENGTH:,}"):
        submit_as_is(learning, "second", "x" * (COMMENT_LENGTH + 1))


def test_a_mentor_of_another_roadmap_or_learner_is_none(learning: Learning) -> None:
    add_roadmap(learning.session, sample("other"))
    milo = mentor_of(learning, slug="other")
    stranger = Learning(learning.session, add_user(learning.session, "Otto"), learning.enrollment)
    mentor(stranger, milo)
    learning.mark("first")
    with pytest.raises(Invalid, match="Invite one first"):
        submit_as_is(learning)


def test_a_mentor_of_this_roadmap_alone_is_enough(learning: Learning) -> None:
    mentor_of(learning, slug="sample")
    assert submit(learning).state is SubmissionState.OPEN


def test_the_database_holds_one_open_submission_of_a_milestone(learning: Learning, milo: User) -> None:
    first = submit(learning)
    columns = {column.name: getattr(first, column.name) for column in Submission.__table__.columns}
    copy = {**columns, "id": None, "public_id": "another"}
    copy.pop("id")
    with pytest.raises(IntegrityError), learning.session.begin_nested():
        learning.session.execute(insert(Submission), [copy])
    learning.session.execute(insert(Submission), [{**copy, "state": SubmissionState.WITHDRAWN}])


def frozen(learning: Learning, submission: Submission) -> list[str | None]:
    revision = EvidenceRevision
    query = select(revision.title).join(SubmissionEvidence, SubmissionEvidence.revision_id == revision.id)
    of_round = query.where(SubmissionEvidence.submission_id == submission.id)
    return list(learning.session.scalars(of_round.order_by(SubmissionEvidence.position)))


def test_evidence_is_frozen_as_it_is_without_what_was_withdrawn(learning: Learning, milo: User) -> None:
    for title in ("Code", "Draft", "Talk"):
        learning.show("first", title)
    learning.show("second", "Elsewhere")
    learning.withdraw("first", learning.pieces("first")[1])
    assert frozen(learning, submit(learning)) == ["Code", "Talk"]


def test_evidence_changed_after_verified_changes_nothing(learning: Learning, milo: User) -> None:
    learning.show("first", "Code")
    submission = verified(learning, milo)
    (piece,) = learning.pieces("first")
    learning.revise("first", piece, EvidenceDraft("New code", "https://example.org/b"))
    learning.withdraw("first", piece)
    learning.show("first", "More")
    assert frozen(learning, submission) == ["Code"]
    assert learning.milestone_state("first").verification is Verification.VERIFIED


def test_title_and_criteria_stay_as_they_were_in_a_newer_edition(learning: Learning, milo: User) -> None:
    submission = submit(learning)
    before = submission.edition_id
    learning.publish()
    learning.accept()
    assert (submission.edition_id, submission.state) == (before, SubmissionState.OPEN)
    assert learning.enrollment.edition_id != before


def test_withdrawn_is_as_before(learning: Learning, milo: User) -> None:
    submission = submit(learning)
    withdraw(learning)
    assert learning.milestone_state("first").verification is Verification.NONE
    assert submission.state is SubmissionState.WITHDRAWN


def test_withdrawn_again_is_returned_as_before(learning: Learning, milo: User) -> None:
    returned(learning, milo)
    submit_as_is(learning)
    withdraw(learning)
    assert learning.milestone_state("first").verification is Verification.RETURNED


@pytest.mark.parametrize("prepare", [lambda learning, milo: None, returned, verified])
def test_what_does_not_wait_cannot_be_withdrawn(learning: Learning, milo: User, prepare: Prepare) -> None:
    prepare(learning, milo)
    before = learning.milestone_state("first")
    with pytest.raises(Conflict, match="already reviewed or withdrawn"):
        withdraw(learning)
    assert learning.milestone_state("first") == before


def test_after_withdrawing_it_can_be_handed_in_anew(learning: Learning, milo: User) -> None:
    submit(learning)
    withdraw(learning)
    submit_as_is(learning)
    states = [each.state for each in submissions_in(learning.session, learning.enrollment)]
    assert states == [SubmissionState.WITHDRAWN, SubmissionState.OPEN]


def test_both_numbers_follow_the_mark_of_a_verified_milestone(learning: Learning, milo: User) -> None:
    submission = verified(learning, milo)
    learning.mark("first", Status.IN_PROGRESS)
    milestone_state = learning.milestone_state("first")
    assert (milestone_state.status, milestone_state.verification) == (
        Status.IN_PROGRESS,
        Verification.VERIFIED,
    )
    learning.mark("first")
    assert learning.milestone_state("first").verification is Verification.VERIFIED
    assert submission.state is SubmissionState.ANSWERED


def test_there_is_no_end_of_rounds(learning: Learning, milo: User) -> None:
    returned(learning, milo)
    for _ in range(2):
        review(learning, submit_as_is(learning)[0], milo, Outcome.RETURNED)
    rounds = submissions_in(learning.session, learning.enrollment)
    assert [each.came_from for each in rounds] == ["none", "returned", "returned"]
