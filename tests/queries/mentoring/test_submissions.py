"""The page of a submission and the panel on its milestone: rounds, what differs, who may answer."""

import pytest

from roadmap.cache.states import states_in
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.mentoring.submissions import CLAIM_LIFETIME, Outcome, Submission
from roadmap.operations.learning.evidence import EvidenceDraft
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.mentoring.submissions import (
    SubmissionPage,
    SubmissionPanel,
    find_submission_page,
    find_submission_panel,
)
from tests.support.cast import add_user
from tests.support.fixtures.databases import SharedDatabase
from tests.support.learning import Learning
from tests.support.mentoring import (
    HOUR,
    claim,
    detached,
    end,
    mentor_of,
    returned,
    review,
    submit,
    submit_as_is,
    withdraw,
)
from tests.support.statements import counted_statements


def page(learning: Learning, work: Submission, person: User) -> SubmissionPage:
    learning.session.flush()
    return find_submission_page(learning.session, work.public_id, seen_by=person, at=learning.at)


def panel(learning: Learning, key: str = "first") -> SubmissionPanel:
    learning.session.flush()
    session, public_id = learning.session, learning.enrollment.public_id
    enrollment = find_enrollment(session, public_id, seen_by=learning.person, at=learning.at)
    milestone_state = states_in(session, enrollment).get(key, learning.milestone_state(key))
    return find_submission_panel(
        session, enrollment, enrollment.stored.outline.milestones[key], milestone_state, at=learning.at
    )


def test_the_work_is_shown_as_it_was_handed_in(learning: Learning, milo: User) -> None:
    learning.show("first", "Code")
    found = page(learning, submit(learning, comment="Look at main"), milo)
    assert (found.title, found.learner, found.slug, found.milestone) == ("First", "Lena", "sample", "first")
    assert (found.round.comment, found.round.criteria) == ("Look at main", ("first works",))
    assert [(each.revision.title, each.change) for each in found.round.evidence] == [("Code", "")]


def test_the_difference_to_the_round_before_is_named(learning: Learning, milo: User) -> None:
    for title in ("Same", "Changed", "Dropped"):
        learning.show("first", title)
    returned(learning, milo)
    _, changed, dropped = learning.pieces("first")
    learning.revise("first", changed, EvidenceDraft("Changed now", "https://example.org/b"))
    learning.withdraw("first", dropped)
    learning.show("first", "New")
    found = page(learning, submit_as_is(learning)[0], milo)
    differences = {each.revision.title: each.change for each in found.round.evidence}
    assert differences == {"Same": "unchanged", "Changed now": "changed", "New": "new"}
    assert found.round.dropped == ("Dropped",)


def test_earlier_rounds_stand_beside_newest_first(learning: Learning, milo: User) -> None:
    works = [returned(learning, milo)]
    for _ in range(2):
        works.append(submit_as_is(learning)[0])
        review(learning, works[-1], milo, Outcome.RETURNED)
    found = page(learning, works[2], milo)
    assert [each.public_id for each in found.earlier] == [works[1].public_id, works[0].public_id]
    assert [each.public_id for each in page(learning, works[0], milo).earlier] == []


def test_the_answer_that_holds_is_the_last_one(learning: Learning, milo: User) -> None:
    work = submit(learning)
    first = review(learning, work, milo)
    review(learning, work, milo, Outcome.RETURNED, replaces=first.public_id, reason="A mistake")
    reviews = page(learning, work, milo).round.reviews
    assert [(each.outcome, each.is_replaced) for each in reviews] == [("verified", True), ("returned", False)]
    answer = page(learning, work, milo).answer
    assert answer is not None
    assert (answer.reviewer, answer.reason) == ("Milo", "A mistake")


def test_a_mentor_may_answer_and_the_learner_may_not(learning: Learning, milo: User) -> None:
    work = submit(learning)
    assert page(learning, work, milo).may_answer
    own = page(learning, work, learning.person)
    assert (own.is_own, own.may_answer, own.may_revise) == (True, False, False)


def test_what_another_holds_is_not_answered(learning: Learning, milo: User) -> None:
    work, mina = submit(learning), mentor_of(learning, "Mina")
    claim(learning, work, mina)
    found = page(learning, work, milo)
    assert (found.claimed_by, found.is_mine, found.may_answer) == ("Mina", False, False)
    assert page(learning, work, mina).may_answer
    learning.at += CLAIM_LIFETIME
    assert (page(learning, work, milo).claimed_by, page(learning, work, milo).may_answer) == (None, True)


def test_only_the_newest_answer_of_a_live_roadmap_is_revised(learning: Learning, milo: User) -> None:
    work = returned(learning, milo)
    assert (page(learning, work, milo).may_answer, page(learning, work, milo).may_revise) == (False, True)
    submit_as_is(learning)
    assert not page(learning, work, milo).may_revise
    withdraw(learning)
    assert page(learning, work, milo).may_revise
    learning.choose(state=EnrollmentState.ARCHIVED)
    assert not page(learning, work, milo).may_revise


def test_strangers_and_former_mentors_find_nothing(learning: Learning, milo: User) -> None:
    work = submit(learning)
    end(learning, milo)
    otto, ada = add_user(learning.session, "Otto"), add_user(learning.session, "Ada", is_admin=True)
    for person in (milo, otto, ada):
        with pytest.raises(NotFound):
            page(learning, work, person)
    assert page(learning, work, learning.person).is_own


def test_the_panel_asks_for_a_mentor_first(learning: Learning) -> None:
    learning.mark("first")
    before = panel(learning)
    assert (before.has_mentor, before.may_submit) == (False, False)
    mentor_of(learning)
    assert panel(learning).may_submit


def test_the_panel_follows_the_states(learning: Learning, milo: User) -> None:
    assert not panel(learning).may_submit
    work = submit(learning)
    assert (panel(learning).may_submit, panel(learning).is_waiting) == (False, True)
    learning.at += HOUR
    review(learning, work, milo, Outcome.RETURNED)
    assert (panel(learning).may_submit, panel(learning).is_waiting) == (True, False)
    assert panel(learning).times.usual == HOUR
    review(learning, submit_as_is(learning)[0], milo)
    assert not panel(learning).may_submit


def test_where_a_review_is_optional_it_may_be_submitted_too(learning: Learning, milo: User) -> None:
    learning.mark("habit")
    assert (panel(learning, "habit").has_mentor, panel(learning, "habit").may_submit) == (True, True)


def test_in_the_archive_nothing_is_submitted(learning: Learning, milo: User) -> None:
    learning.mark("first")
    learning.choose(state=EnrollmentState.ARCHIVED)
    assert not panel(learning).may_submit


@pytest.mark.parametrize("rounds", [1, 5])
def test_the_page_costs_the_same_however_many_rounds(
    database: SharedDatabase, learning: Learning, milo: User, rounds: int
) -> None:
    learning.show("first")
    work = submit(learning)
    for _ in range(rounds - 1):
        review(learning, work, milo, Outcome.RETURNED)
        work, _ = submit_as_is(learning)
    public_id, mentor = work.public_id, detached(learning.session, milo)
    with database.reading() as session:
        find_submission_page(session, public_id, seen_by=mentor, at=learning.at)
        with counted_statements(database) as statements:
            find_submission_page(session, public_id, seen_by=mentor, at=learning.at)
    assert len(statements) <= 9
