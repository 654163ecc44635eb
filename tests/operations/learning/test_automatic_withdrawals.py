"""What takes an open submission back without being asked, in the same change, and brings it back by undo."""

import pytest

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.mentoring.submissions import Submission, SubmissionState
from tests.support.learning import Learning
from tests.support.mentoring import DAY, returned, review, submissions_in, submit, submit_as_is, withdraw
from tests.support.outlines import add_roadmap, enroll, sample


def is_open(submission: Submission, learning: Learning) -> bool:
    learning.session.refresh(submission)
    return submission.state is SubmissionState.OPEN


def kinds(learning: Learning, change: int | None) -> list[EventKind]:
    return [event.kind for event in learning.events() if event.change == change]


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.IN_PROGRESS, Status.SKIPPED])
def test_unmarking_withdraws_in_the_same_change(learning: Learning, milo: User, status: Status) -> None:
    submission = submit(learning)
    change = learning.mark("first", status)
    assert kinds(learning, change) == [EventKind.PROGRESS_SET, EventKind.WITHDRAWN]
    assert (is_open(submission, learning), learning.milestone_state("first").verification) == (False, "none")


def test_undoing_an_unmarking_brings_it_back_with_its_waiting_time(learning: Learning, milo: User) -> None:
    submission, begun = submit(learning), learning.at
    submission.nudges = 1
    learning.at += 4 * DAY
    learning.undo(learning.mark("first", Status.IN_PROGRESS))
    assert is_open(submission, learning)
    assert (submission.submitted_at, submission.nudges) == (begun, 1)
    milestone_state = learning.milestone_state("first")
    assert (milestone_state.status, milestone_state.verification) == (Status.DONE, Verification.SUBMITTED)


def test_unmarking_returned_work_that_waits_again_is_returned_as_before(
    learning: Learning, milo: User
) -> None:
    returned(learning, milo)
    submit_as_is(learning)
    learning.mark("first", Status.IN_PROGRESS)
    assert learning.milestone_state("first").verification is Verification.RETURNED


def test_other_changes_leave_it_waiting(learning: Learning, milo: User) -> None:
    submission = submit(learning)
    learning.mark("second")
    learning.mark("second", Status.SKIPPED)
    learning.mark("first", reason="Another reason")
    learning.note("first", "A note")
    learning.choose(weekly_hours=3.0, state=EnrollmentState.PAUSED)
    assert is_open(submission, learning)


def test_undo_of_a_submission_is_a_withdrawal(learning: Learning, milo: User) -> None:
    learning.mark("first")
    submission, change = submit_as_is(learning)
    undo = learning.undo(change)
    assert kinds(learning, undo) == [EventKind.WITHDRAWN]
    assert (is_open(submission, learning), learning.milestone_state("first").verification) == (False, "none")
    learning.undo(undo)
    assert is_open(submission, learning)


def test_undo_of_a_withdrawal_brings_the_same_submission_back(learning: Learning, milo: User) -> None:
    submission = submit(learning)
    learning.undo(withdraw(learning))
    assert is_open(submission, learning)
    assert submissions_in(learning.session, learning.enrollment) == [submission]
    review(learning, submission, milo)


def test_undo_of_the_mark_itself_withdraws(learning: Learning, milo: User) -> None:
    change = learning.mark("first")
    submission, _ = submit_as_is(learning)
    undo = learning.undo(change)
    assert kinds(learning, undo) == [EventKind.PROGRESS_SET, EventKind.WITHDRAWN]
    learning.undo(undo)
    assert is_open(submission, learning)


def test_it_returns_only_to_a_done_milestone(learning: Learning, milo: User) -> None:
    submission = submit(learning)
    change = withdraw(learning)
    learning.mark("first", Status.IN_PROGRESS)
    with pytest.raises(Conflict, match="done first"):
        learning.undo(change)
    assert not is_open(submission, learning)


def test_it_does_not_return_beside_a_newer_one(learning: Learning, milo: User) -> None:
    submit(learning)
    change = withdraw(learning)
    submit_as_is(learning)
    with pytest.raises(Conflict, match="is newer and affects the same thing"):
        learning.undo(change)


def test_archiving_withdraws_all_and_undo_brings_them_back(learning: Learning, milo: User) -> None:
    some = [submit(learning, "first"), submit(learning, "see")]
    change = learning.choose(state=EnrollmentState.ARCHIVED)
    assert kinds(learning, change) == [EventKind.SETTINGS_SET, EventKind.WITHDRAWN, EventKind.WITHDRAWN]
    assert [is_open(each, learning) for each in some] == [False, False]
    learning.undo(change)
    assert [is_open(each, learning) for each in some] == [True, True]


def test_leaving_the_archive_by_the_form_brings_nothing_back(learning: Learning, milo: User) -> None:
    submission = submit(learning)
    learning.choose(state=EnrollmentState.ARCHIVED)
    learning.choose(state=EnrollmentState.ACTIVE)
    assert not is_open(submission, learning)
    assert submit_as_is(learning)[0].state is SubmissionState.OPEN


def test_an_edition_without_the_milestone_withdraws_and_undo_brings_it_back(
    learning: Learning, milo: User
) -> None:
    gone, kept = submit(learning, "second"), submit(learning, "first")
    learning.publish()
    change = learning.accept()
    assert kinds(learning, change) == [EventKind.EDITION_SET, EventKind.WITHDRAWN]
    assert (is_open(gone, learning), is_open(kept, learning)) == (False, True)
    learning.undo(change)
    assert (is_open(gone, learning), is_open(kept, learning)) == (True, True)


def test_undo_of_an_edition_withdraws_what_only_it_had(learning: Learning, milo: User) -> None:
    learning.publish()
    change = learning.accept()
    submission = submit(learning, "third")
    undo = learning.undo(change)
    assert kinds(learning, undo) == [EventKind.EDITION_SET, EventKind.WITHDRAWN]
    assert not is_open(submission, learning)


def test_it_does_not_return_to_an_edition_without_its_milestone(learning: Learning, milo: User) -> None:
    submit(learning, "second")
    change = withdraw(learning, "second")
    learning.publish()
    learning.accept()
    with pytest.raises(Conflict, match="no longer in your edition"):
        learning.undo(change)


def test_another_enrollment_is_left_alone(learning: Learning, milo: User) -> None:
    submission = submit(learning)
    add_roadmap(learning.session, sample("other"))
    other = Learning(learning.session, learning.person, enroll(learning.session, learning.person, "other"))
    other.mark("first", Status.SKIPPED)
    other.choose(state=EnrollmentState.ARCHIVED)
    assert is_open(submission, learning)
