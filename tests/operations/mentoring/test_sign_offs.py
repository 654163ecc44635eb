"""Sign-offs: a mentor verifies done milestones without a submission, several in one change."""

import pytest
from sqlalchemy import select

from roadmap.cache.states import read_states
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, Invalid, NotFound
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.learning.replay import replay_events
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.submissions import Outcome, Review, Submission, SubmissionState
from roadmap.queries.mentoring.answer_times import answer_times
from tests.support.learning import Learning
from tests.support.mentoring import (
    HOUR,
    end,
    mentor,
    mentor_of,
    returned,
    review,
    sign_off,
    submissions_in,
    submit,
    verified,
)
from tests.support.outlines import add_roadmap, enroll, sample


def test_several_are_verified_in_one_change_without_evidence(learning: Learning, milo: User) -> None:
    for key in ("first", "second"):
        learning.mark(key)
    learning.show("first")
    before = learning.enrollment.last_number
    assert sign_off(learning, milo, "first", "second", "first", feedback=" Seen at the board. ") == 2
    new = [event for event in learning.events() if event.number > before]
    assert {event.change for event in new} == {before + 1}
    assert [event.kind for event in new] == [EventKind.SUBMITTED, EventKind.REVIEWED] * 2
    assert {event.actor_id for event in new} == {milo.id}
    works = submissions_in(learning.session, learning.enrollment)
    assert {(work.signed_off, work.state, work.comment) for work in works} == {
        (True, SubmissionState.ANSWERED, None)
    }
    reviews = learning.session.scalars(select(Review)).all()
    assert {(given.feedback, given.reviewer_name) for given in reviews} == {("Seen at the board.", "Milo")}
    for key in ("first", "second"):
        assert learning.milestone_state(key).verification is Verification.VERIFIED
        assert learning.milestone_state(key).signed_off


def test_the_replay_of_the_events_says_what_is_stored(learning: Learning, milo: User) -> None:
    returned(learning, milo, "first")
    learning.at += HOUR
    sign_off(learning, milo, "first")
    verified(learning, milo, "second")
    stored = read_states(learning.session, [learning.enrollment.id])[learning.enrollment.id]
    assert replay_events(learning.events()).states == dict(stored)
    assert sum(milestone_state.signed_off for milestone_state in stored.values()) == 1


def test_what_is_verified_stays_as_it_is(learning: Learning, milo: User) -> None:
    verified(learning, milo, "first")
    learning.mark("second")
    assert sign_off(learning, milo, "first", "second") == 1
    assert not learning.milestone_state("first").signed_off


@pytest.mark.parametrize("keys", [(), ("nothing",), ("second",), ("first",), ("see",)])
def test_what_cannot_be_signed_off_is_refused_and_changes_nothing(
    learning: Learning, milo: User, keys: tuple[str, ...]
) -> None:
    """Nothing chosen, unknown, not done, submitted, verified already."""
    submit(learning, "first")
    verified(learning, milo, "see")
    before = len(learning.events())
    with pytest.raises(Invalid) as refused:
        sign_off(learning, milo, *keys)
    assert list(refused.value.errors) == ["milestones"]
    assert len(learning.events()) == before


def test_only_the_mentor_of_the_mentorship_signs_off(learning: Learning, milo: User) -> None:
    learning.mark("first")
    mentorship = learning.session.scalars(select(Mentorship)).one()
    for person in (learning.person, mentor_of(learning, "Mina")):
        with pytest.raises(NotFound):
            sign_off(learning, person, "first", mentorship=mentorship)
    end(learning, milo)
    with pytest.raises(NotFound):
        sign_off(learning, milo, "first", mentorship=mentorship)


def test_only_roadmaps_in_scope_are_signed_off(learning: Learning, milo: User) -> None:
    add_roadmap(learning.session, sample("other"))
    other = enroll(learning.session, learning.person, "other")
    mina = mentor_of(learning, "Mina", "sample")
    learning.mark("first")
    with pytest.raises(NotFound):
        sign_off(learning, mina, "first", enrollment_id=other.public_id)
    assert sign_off(learning, mina, "first") == 1


def test_what_is_archived_is_read_only(learning: Learning, milo: User) -> None:
    learning.mark("first")
    learning.choose(state=EnrollmentState.ARCHIVED)
    with pytest.raises(Forbidden, match="archived"):
        sign_off(learning, milo, "first")


def test_a_sign_off_is_not_undone_but_replaced_like_any_review(learning: Learning, milo: User) -> None:
    learning.mark("first")
    sign_off(learning, milo, "first")
    with pytest.raises(Conflict, match="can’t be undone"):
        learning.undo(learning.events()[-1].change)
    work = learning.session.scalars(select(Submission)).one()
    old = learning.session.scalars(select(Review)).one()
    for outcome in (Outcome.RETURNED, Outcome.VERIFIED):
        old = review(learning, work, milo, outcome, replaces=old.public_id, reason="I looked again.")
        assert learning.milestone_state("first").verification == outcome.value
        assert learning.milestone_state("first").signed_off
    submit(learning, "second")
    assert not learning.milestone_state("second").signed_off


def test_after_an_unmarking_the_review_stays(learning: Learning, milo: User) -> None:
    learning.mark("first")
    sign_off(learning, milo, "first")
    learning.mark("first", Status.IN_PROGRESS)
    learning.mark("first")
    assert learning.milestone_state("first").verification is Verification.VERIFIED


def test_a_sign_off_makes_no_mentor_look_quick(learning: Learning, milo: User) -> None:
    learning.mark("first")
    sign_off(learning, milo, "first")
    times = answer_times(learning.session, learning.person.id, at=learning.at)
    assert times(learning.enrollment.roadmap_id).usual is None


def test_a_second_mentor_signs_off_too(learning: Learning, milo: User) -> None:
    mina = mentor_of(learning, "Mina")
    learning.mark("first")
    sign_off(learning, mina, "first")
    with pytest.raises(Invalid):
        sign_off(learning, milo, "first", mentorship=mentor(learning, milo))
