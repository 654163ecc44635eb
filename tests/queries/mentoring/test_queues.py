"""The queue: oldest first, who holds it, what comes next."""

import pytest

from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.submissions import CLAIM_LIFETIME, Submission
from roadmap.queries.mentoring.queues import Queue, filter_queue, queue_items
from roadmap.queries.mentoring.submissions import find_submission_page
from roadmap.queries.pages.header import find_header
from tests.support.cast import add_user
from tests.support.fixtures.databases import SharedDatabase
from tests.support.learning import Learning
from tests.support.mentoring import (
    DAY,
    HOUR,
    claim,
    detached,
    end,
    mentor,
    mentor_of,
    returned,
    submit,
    submit_as_is,
    verified,
    withdraw,
)
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.statements import counted_statements


def queue(learning: Learning, person: User, **filters: str) -> Queue:
    learning.session.flush()
    return filter_queue(queue_items(learning.session, seen_by=person, at=learning.at), **filters)


def titles(learning: Learning, person: User, **filters: str) -> list[str]:
    return [item.title for item in queue(learning, person, **filters).items]


def otto_learns(learning: Learning, milo: User, slug: str = "other") -> Learning:
    """Otto, on another roadmap, mentored by Milo too."""
    add_roadmap(learning.session, sample(slug))
    otto = add_user(learning.session, "Otto")
    theirs = Learning(learning.session, otto, enroll(learning.session, otto, slug), learning.at)
    mentor(theirs, milo)
    return theirs


def test_the_longest_waiting_comes_first(learning: Learning, milo: User) -> None:
    submit(learning, "see")
    learning.at += HOUR
    submit(learning, "first")
    learning.at += DAY
    assert titles(learning, milo) == ["See", "First"]
    assert [item.waited for item in queue(learning, milo).items] == [DAY + HOUR, DAY]


def test_what_was_answered_or_withdrawn_is_gone(learning: Learning, milo: User) -> None:
    returned(learning, milo, "first")
    verified(learning, milo, "see")
    submit(learning, "look")
    withdraw(learning, "look")
    assert (titles(learning, milo), queue(learning, milo).waiting) == ([], 0)


def test_brought_back_by_undo_it_has_its_place_again(learning: Learning, milo: User) -> None:
    submit(learning, "see")
    learning.at += HOUR
    submit(learning, "first")
    learning.undo(withdraw(learning, "see"))
    assert titles(learning, milo) == ["See", "First"]


def test_only_work_of_own_mentees_is_there(learning: Learning, milo: User) -> None:
    submit(learning)
    submit(otto_learns(learning, mentor_of(learning, "Mina", "sample")))
    assert titles(learning, milo) == ["First"]
    assert titles(learning, learning.person) == []
    end(learning, milo)
    assert titles(learning, milo) == []


def test_filters_by_mentee_and_roadmap_leave_the_count(learning: Learning, milo: User) -> None:
    submit(learning, "see")
    otto = otto_learns(learning, milo)
    submit(otto, "first")
    found = queue(learning, milo, mentee=otto.person.public_id)
    assert ([item.learner for item in found.items], found.waiting) == (["Otto"], 2)
    assert titles(learning, milo, roadmap="sample") == ["See"]
    assert titles(learning, milo, roadmap="sample", mentee=otto.person.public_id) == []
    assert [choice.title for choice in found.mentees] == ["Lena", "Otto"]
    assert {choice.value for choice in found.roadmaps} == {"other", "sample"}


def test_rounds_are_counted_without_those_withdrawn(learning: Learning, milo: User) -> None:
    submit(learning)
    withdraw(learning)
    returned(learning, milo)
    submit_as_is(learning)
    assert [item.round for item in queue(learning, milo).items] == [2]


def test_a_claim_shows_until_it_lapses(learning: Learning, milo: User) -> None:
    mina, work = mentor_of(learning, "Mina"), submit(learning)
    claim(learning, work, mina)
    (item,) = queue(learning, milo).items
    assert (item.claimed_by, item.claimed_until, item.is_mine) == (
        "Mina",
        learning.at + CLAIM_LIFETIME,
        False,
    )
    assert queue(learning, mina).items[0].is_mine
    learning.at += CLAIM_LIFETIME
    (item,) = queue(learning, mina).items
    assert (item.claimed_by, item.claimed_until, item.is_mine) == (None, None, False)


def test_the_number_beside_mentoring_counts_the_queue(learning: Learning, milo: User) -> None:
    submit(learning, "first")
    submit(learning, "see")
    assert find_header(learning.session, milo, at=learning.at).waiting == 2
    assert find_header(learning.session, learning.person, at=learning.at).waiting == 0


def following(learning: Learning, work: Submission, person: User) -> str | None:
    page = find_submission_page(learning.session, work.public_id, seen_by=person, at=learning.at)
    return page.next_id


def test_next_goes_from_the_first_to_the_last_and_round(learning: Learning, milo: User) -> None:
    works = [submit(learning, key) for key in ("first", "see", "look")]
    ids = [work.public_id for work in works]
    assert [following(learning, work, milo) for work in works] == [ids[1], ids[2], ids[0]]


def test_next_is_for_mentors_and_leaves_out_what_others_hold(learning: Learning, milo: User) -> None:
    first, see, look = [submit(learning, key) for key in ("first", "see", "look")]
    claim(learning, see, mentor_of(learning, "Mina"))
    claim(learning, look, milo)
    assert following(learning, first, milo) == look.public_id
    assert following(learning, first, learning.person) is None
    withdraw(learning, "first")
    withdraw(learning, "see")
    assert following(learning, look, milo) is None


@pytest.mark.parametrize("count", [1, 4])
def test_the_queue_costs_one_statement(
    database: SharedDatabase, learning: Learning, milo: User, count: int
) -> None:
    for key in ("first", "see", "look", "second")[:count]:
        submit(learning, key)
    mentor = detached(learning.session, milo)
    with database.reading() as session, counted_statements(database) as statements:
        items = queue_items(session, seen_by=mentor, at=learning.at)
    assert (len(items), len(statements)) == (count, 1)
