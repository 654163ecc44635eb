"""Claims: who answers holds the work for thirty minutes, and nobody else answers it meanwhile."""

import pytest

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, NotFound
from roadmap.domain.learning.progress import Status
from roadmap.domain.mentoring.submissions import CLAIM_LIFETIME, Outcome, Submission
from roadmap.operations.mentoring.reviews import release_submission
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import MINUTE, claim, end, holder, mentor, mentor_of, review, submit, withdraw
from tests.support.outlines import add_roadmap, sample


@pytest.fixture
def mina(learning: Learning, milo: User) -> User:
    """A second mentor of Lena."""
    return mentor_of(learning, "Mina")


@pytest.fixture
def work(learning: Learning, milo: User) -> Submission:
    return submit(learning)


def release(learning: Learning, work: Submission, by: User) -> None:
    release_submission(learning.session, work.public_id, by=by)


def test_a_claim_holds_for_thirty_minutes(learning: Learning, work: Submission, milo: User) -> None:
    held = claim(learning, work, milo)
    assert (held.mentor_id, held.claimed_at) == (milo.id, NOON)
    assert held.expires_at == NOON + 30 * MINUTE


def test_what_another_holds_is_refused_with_who_and_until_when(
    learning: Learning, work: Submission, milo: User, mina: User
) -> None:
    claim(learning, work, milo)
    learning.at += 29 * MINUTE
    with pytest.raises(Conflict, match=r"Milo has held this since 12:00 and may until 12:30"):
        claim(learning, work, mina)
    assert holder(learning, work) == milo.id


def test_who_holds_it_is_told_in_the_time_of_whoever_asks(
    learning: Learning, work: Submission, milo: User, mina: User
) -> None:
    claim(learning, work, milo)
    mina.time_zone = "Europe/Oslo"
    with pytest.raises(Conflict, match=r"since 13:00 and may until 13:30 CET"):
        claim(learning, work, mina)


def test_the_open_form_renews_the_claim(learning: Learning, work: Submission, milo: User, mina: User) -> None:
    claim(learning, work, milo)
    learning.at += 20 * MINUTE
    held = claim(learning, work, milo)
    assert (held.claimed_at, held.expires_at) == (NOON, NOON + 50 * MINUTE)
    learning.at += 29 * MINUTE
    with pytest.raises(Conflict):
        claim(learning, work, mina)


def test_a_claim_lapses_by_itself(learning: Learning, work: Submission, milo: User, mina: User) -> None:
    claim(learning, work, milo)
    learning.at += CLAIM_LIFETIME
    held = claim(learning, work, mina)
    assert (held.mentor_id, held.claimed_at) == (mina.id, learning.at)
    learning.session.expire(held)
    with pytest.raises(Conflict, match="Mina"):
        claim(learning, work, milo)


def test_a_lapsed_claim_begins_anew_for_whoever_had_it(
    learning: Learning, work: Submission, milo: User
) -> None:
    claim(learning, work, milo)
    learning.at += CLAIM_LIFETIME
    assert claim(learning, work, milo).claimed_at == learning.at


def test_released_work_is_free(learning: Learning, work: Submission, milo: User, mina: User) -> None:
    claim(learning, work, milo)
    release(learning, work, milo)
    assert claim(learning, work, mina).mentor_id == mina.id


def test_nobody_releases_what_another_holds(
    learning: Learning, work: Submission, milo: User, mina: User
) -> None:
    claim(learning, work, milo)
    release(learning, work, mina)
    assert holder(learning, work) == milo.id


def test_reviewing_work_that_nobody_holds_takes_it(learning: Learning, work: Submission, milo: User) -> None:
    review(learning, work, milo)
    assert learning.milestone_state("first").verification == "verified"


def test_reviewing_what_another_holds_is_refused(
    learning: Learning, work: Submission, milo: User, mina: User
) -> None:
    claim(learning, work, milo)
    with pytest.raises(Conflict, match="Milo has held this"):
        review(learning, work, mina)
    learning.at += CLAIM_LIFETIME
    assert review(learning, work, mina).reviewer_id == mina.id


def test_an_answer_ends_the_claim(learning: Learning, work: Submission, milo: User) -> None:
    claim(learning, work, milo)
    review(learning, work, milo, Outcome.RETURNED)
    assert holder(learning, work) is None


def test_what_does_not_wait_is_not_held(learning: Learning, work: Submission, milo: User, mina: User) -> None:
    review(learning, work, milo)
    with pytest.raises(Conflict, match=r"Milo answered this on 2 March 2026 at 12:00 UTC: verified"):
        claim(learning, work, mina)
    other = submit(learning, "see")
    withdraw(learning, "see")
    with pytest.raises(Conflict, match="has been withdrawn"):
        claim(learning, other, mina)


def test_withdrawing_and_unmarking_end_the_claim(learning: Learning, work: Submission, milo: User) -> None:
    claim(learning, work, milo)
    withdraw(learning)
    other = submit(learning, "see")
    claim(learning, other, milo)
    learning.mark("see", Status.IN_PROGRESS)
    assert (holder(learning, work), holder(learning, other)) == (None, None)


def test_nobody_holds_their_own_work(learning: Learning, work: Submission) -> None:
    with pytest.raises(Forbidden, match="own work"):
        claim(learning, work, learning.person)
    with pytest.raises(Forbidden, match="own work"):
        release(learning, work, learning.person)


def test_strangers_and_mentors_of_another_roadmap_find_nothing(learning: Learning, work: Submission) -> None:
    add_roadmap(learning.session, sample("other"))
    otto = add_user(learning.session, "Otto")
    for _ in range(2):
        with pytest.raises(NotFound):
            claim(learning, work, otto)
        with pytest.raises(NotFound):
            release(learning, work, otto)
        mentor(learning, otto, "other")


def test_the_end_of_a_mentorship_frees_the_work_for_the_next_mentor(
    learning: Learning, work: Submission, milo: User, mina: User
) -> None:
    claim(learning, work, milo)
    end(learning, milo)
    with pytest.raises(NotFound):
        claim(learning, work, milo)
    assert claim(learning, work, mina).mentor_id == mina.id
