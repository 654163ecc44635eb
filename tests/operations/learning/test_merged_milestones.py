"""An edition that makes one milestone of `red` and `green`: all that hung on both is on `colour`."""

from datetime import timedelta

import pytest

from roadmap.domain.errors import Conflict
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.mentoring.submissions import Outcome, Submission, SubmissionState
from roadmap.domain.reports.reports import ProgressReport, ReportQuery
from roadmap.queries.mentoring.queues import queue_items
from roadmap.queries.mentoring.submissions import find_submission_page
from roadmap.queries.pages.milestone import MilestonePage, find_milestone_page
from roadmap.queries.reports.record_faults import record_faults
from roadmap.queries.reports.reports import find_report
from tests.support.cast import NOON
from tests.support.learning import Learning
from tests.support.mentoring import (
    ask,
    claim,
    mentor_of,
    returned,
    review,
    sign_off,
    submissions_in,
    submit,
    submit_as_is,
    verified,
)
from tests.support.outlines import milestone, outline, renaming_sample, sample, skill

OPEN, WITHDRAWN = SubmissionState.OPEN, SubmissionState.WITHDRAWN


def merge(learning: Learning) -> int:
    """Publish and accept the edition; returns the number of the change."""
    learning.publish(renaming_sample())
    change = learning.accept(2)
    assert change is not None
    return change


def colour(learning: Learning) -> MilestonePage:
    return find_milestone_page(
        learning.session, learning.enrollment.public_id, "colour", seen_by=learning.person, at=NOON
    )


def states(learning: Learning) -> list[SubmissionState]:
    learning.session.expire_all()
    return [each.state for each in submissions_in(learning.session, learning.enrollment)]


def wait(learning: Learning) -> None:
    learning.at += timedelta(hours=1)


@pytest.fixture
def both_done(learning: Learning) -> Learning:
    learning.mark("red")
    learning.mark("green")
    return learning


def test_evidence_submissions_reviews_and_messages_of_both_come_along(both_done: Learning) -> None:
    milo = mentor_of(both_done)
    for key in ("red", "green"):
        both_done.show(key, f"My {key}")
        ask(both_done, key, f"Why {key}?")
    returned(both_done, milo, "red")
    verified(both_done, milo, "green")
    before = both_done.milestone_state("green")
    merge(both_done)
    page = colour(both_done)
    assert [piece.title for piece in page.evidence] == ["My red", "My green"]
    assert [len(each.evidence) for each in page.review.rounds] == [1, 1]
    assert [message.text for message in page.conversation] == ["Why red?", "Why green?"]
    assert page.milestone_state == before._replace(reason_id=page.milestone_state.reason_id)
    assert page.verification is Verification.VERIFIED
    assert not list(record_faults(both_done.session))


def test_one_undo_brings_everything_back_and_its_undo_merges_again(both_done: Learning) -> None:
    milo = mentor_of(both_done)
    both_done.show("green")
    ask(both_done, "green")
    returned(both_done, milo, "red")
    submit(both_done, "green")
    before = [both_done.milestone_state(key) for key in ("red", "green")]
    change = merge(both_done)
    merged = both_done.milestone_state("colour")
    undo = both_done.undo(change)
    assert [both_done.milestone_state(key) for key in ("red", "green")] == before
    assert len(both_done.pieces("green")) == 1
    page = find_milestone_page(
        both_done.session, both_done.enrollment.public_id, "green", seen_by=both_done.person, at=NOON
    )
    assert (len(page.review.rounds), len(page.conversation), len(page.evidence)) == (1, 1, 1)
    both_done.undo(undo)
    assert both_done.milestone_state("colour") == merged
    assert (len(colour(both_done).review.rounds), len(colour(both_done).conversation)) == (2, 1)
    assert not list(record_faults(both_done.session))


def test_an_open_submission_and_its_claim_stay_and_are_answered(both_done: Learning) -> None:
    milo = mentor_of(both_done)
    submission = submit(both_done, "green")
    claim(both_done, submission, milo)
    merge(both_done)
    page = find_submission_page(both_done.session, submission.public_id, seen_by=milo, at=NOON)
    assert (page.milestone, page.title, page.summary) == ("colour", "Green", "Why green.")
    assert page.is_mine
    assert both_done.milestone_state("colour").submitted_at == NOON
    review(both_done, submission, milo)
    assert both_done.milestone_state("colour").verification is Verification.VERIFIED


@pytest.mark.parametrize(("older", "newer"), [("red", "green"), ("green", "red")])
def test_of_two_open_submissions_the_older_waits_on(both_done: Learning, older: str, newer: str) -> None:
    milo = mentor_of(both_done)
    first = submit(both_done, older)
    wait(both_done)
    submit(both_done, newer)
    change = merge(both_done)
    assert states(both_done) == [OPEN, WITHDRAWN]
    waiting = queue_items(both_done.session, seen_by=milo, at=both_done.at)
    assert [item.public_id for item in waiting] == [first.public_id]
    assert both_done.milestone_state("colour").submitted_at == NOON
    events = [event.kind for event in both_done.events() if event.change == change]
    assert events.count(EventKind.WITHDRAWN) == 1
    undo = both_done.undo(change)
    assert states(both_done) == [OPEN, OPEN]
    assert both_done.milestone_state(newer).submitted_at == both_done.at
    both_done.undo(undo)
    assert states(both_done) == [OPEN, WITHDRAWN]


def test_beside_a_verified_one_nothing_waits(both_done: Learning) -> None:
    milo = mentor_of(both_done)
    sign_off(both_done, milo, "red")
    submit(both_done, "green")
    change = merge(both_done)
    assert both_done.milestone_state("colour").verification is Verification.VERIFIED
    assert both_done.milestone_state("colour").signed_off
    assert states(both_done)[-1] is WITHDRAWN
    both_done.undo(change)
    assert both_done.milestone_state("green").verification is Verification.SUBMITTED


def test_a_verified_one_counts_when_the_other_is_what_is_done(learning: Learning) -> None:
    milo = mentor_of(learning)
    learning.mark("green")
    verified(learning, milo, "green")
    learning.mark("green", Status.IN_PROGRESS)
    learning.mark("red")
    merge(learning)
    state = learning.milestone_state("colour")
    assert (state.status, state.verification) == (Status.DONE, Verification.VERIFIED)


def test_a_question_waits_under_the_new_name(both_done: Learning) -> None:
    milo = mentor_of(both_done)
    ask(both_done, "green")
    change = merge(both_done)
    (waiting,) = queue_items(both_done.session, seen_by=milo, at=NOON)
    assert (waiting.milestone, waiting.title) == ("colour", "Colour")
    ask(both_done, "colour", "And this?")
    both_done.undo(change)
    places = [item.milestone for item in queue_items(both_done.session, seen_by=milo, at=NOON)]
    assert places == ["green", "red"]


def test_what_was_merged_once_is_not_merged_again(both_done: Learning) -> None:
    merge(both_done)
    both_done.mark("colour", Status.NOT_STARTED)
    rest = renaming_sample().areas[0].skills[1:]
    both_done.publish(outline(skill("core", milestone("opening")), *rest))
    both_done.accept(3)
    assert both_done.milestone_state("colour").status is Status.NOT_STARTED


def test_an_edition_that_is_skipped_merges_too(both_done: Learning) -> None:
    milo = mentor_of(both_done)
    verified(both_done, milo, "green")
    both_done.publish(renaming_sample())
    choice = skill("choice", milestone("colour"), milestone("blue", (6, 9)), needs=1)
    both_done.publish(outline(*sample().areas[0].skills[:1], choice, *sample().areas[0].skills[2:]))
    both_done.accept(3)
    assert both_done.milestone_state("colour").verification is Verification.VERIFIED


def test_the_report_counts_what_came_along_once_and_earlier_days_stay(both_done: Learning) -> None:
    milo = mentor_of(both_done)
    both_done.show("green", "My green")
    returned(both_done, milo, "green")
    verified(both_done, milo, "green")
    first = both_done.at.date()
    both_done.at += timedelta(days=2)
    earlier = report(both_done, as_of=first)
    merge(both_done)
    after = report(both_done)
    row = next(each for each in after.milestones if each.key == "colour")
    assert (row.rounds, row.returns, row.verified_on) == (2, 1, first)
    assert row.criteria == ("green works",)
    assert [piece.title for piece in row.evidence] == ["My green"]
    assert after.retired == ()
    assert report(both_done, as_of=first) == earlier


def report(learning: Learning, **question: object) -> ProgressReport:
    return find_report(
        learning.session,
        learning.enrollment.public_id,
        ReportQuery(**question),
        seen_by=learning.person,
        at=learning.at,
    )


def test_a_reviewed_merge_is_not_undone(both_done: Learning) -> None:
    milo = mentor_of(both_done)
    submission = submit_as_is(both_done, "green")[0]
    change = merge(both_done)
    review(both_done, submission, milo, Outcome.RETURNED)
    with pytest.raises(Conflict, match="newer and affects the same thing"):
        both_done.undo(change)
    assert both_done.session.get_one(Submission, submission.id).state is SubmissionState.ANSWERED
