"""All mentees as a table: one row for each mentee and roadmap, at a fixed cost."""

import pytest

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import Status
from roadmap.queries.mentoring.mentees import MenteeRow, mentees_of
from tests.support.cast import NOON, add_user
from tests.support.fixtures.databases import SharedDatabase
from tests.support.learning import TODAY, Learning
from tests.support.mentoring import (
    DAY,
    HOUR,
    ask,
    detached,
    end,
    mentor,
    returned,
    review,
    say,
    submit,
    verified,
    withdraw,
)
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.statements import counted_statements


def table(learning: Learning, milo: User) -> list[MenteeRow]:
    learning.session.flush()
    return mentees_of(learning.session, seen_by=milo, at=learning.at)


def another(learning: Learning, milo: User, name: str) -> Learning:
    """One more mentee of Milo on the same roadmap."""
    person = add_user(learning.session, name)
    theirs = Learning(learning.session, person, enroll(learning.session, person, at=learning.at), learning.at)
    mentor(theirs, milo, at=learning.at)
    return theirs


def test_a_row_has_both_numbers_and_what_waits(learning: Learning, milo: User) -> None:
    verified(learning, milo, "first")
    submit(learning, "second")
    learning.mark("habit")
    (row,) = table(learning, milo)
    assert (row.name, row.roadmap, row.state) == ("Lena", "Sample", "active")
    assert (row.numbers.claimed.percent, row.numbers.verified.percent) == (39, 13)
    assert (row.waiting, row.enrollment) == (1, learning.enrollment.public_id)


def test_a_verified_milestone_that_is_not_done_counts_for_nothing(learning: Learning, milo: User) -> None:
    verified(learning, milo)
    learning.mark("first", Status.IN_PROGRESS)
    (row,) = table(learning, milo)
    assert (row.numbers.claimed.percent, row.numbers.verified.percent) == (0, 0)


def test_last_activity_is_the_learners_own(learning: Learning, milo: User) -> None:
    learning.at += HOUR
    work, submitted_at = submit(learning), learning.at
    learning.at += DAY
    review(learning, work, milo)
    (row,) = table(learning, milo)
    assert row.last_activity == submitted_at


def test_a_private_note_is_no_activity_that_a_mentor_sees(learning: Learning, milo: User) -> None:
    learning.mark("first")
    (before,) = table(learning, milo)
    learning.at += HOUR
    learning.note("first", "Between me and me")
    (after,) = table(learning, milo)
    assert after.last_activity == before.last_activity


def test_contact_is_the_mentors_last_review_or_the_beginning(learning: Learning, milo: User) -> None:
    learning.at += 2 * DAY
    assert table(learning, milo)[0].contact_at == NOON
    returned(learning, milo)
    learning.at += DAY
    assert table(learning, milo)[0].contact_at == NOON + 2 * DAY


def test_every_covered_roadmap_is_a_row_and_no_other(learning: Learning, milo: User) -> None:
    for slug in ("one", "two"):
        add_roadmap(learning.session, sample(slug))
        enroll(learning.session, learning.person, slug)
    mina = add_user(learning.session, "Mina")
    mentor(learning, mina, "one")
    assert (len(table(learning, milo)), len(table(learning, mina))) == (3, 1)


def test_two_mentorships_that_cover_a_roadmap_are_one_row(learning: Learning) -> None:
    mina = add_user(learning.session, "Mina")
    narrow = mentor(learning, mina, "sample")
    mentor(learning, mina, at=NOON + DAY)
    assert [row.mentorship for row in table(learning, mina)] == [narrow.public_id]


def test_when_it_ends_the_row_is_gone(learning: Learning, milo: User) -> None:
    another(learning, milo, "Otto")
    end(learning, milo)
    assert [row.name for row in table(learning, milo)] == ["Otto"]


def test_paused_and_archived_roadmaps_say_so(learning: Learning, milo: User) -> None:
    learning.choose(state=EnrollmentState.PAUSED)
    assert [row.state for row in table(learning, milo)] == ["paused"]


def test_waiting_counts_submissions_and_questions_and_has_the_oldest(learning: Learning, milo: User) -> None:
    assert (table(learning, milo)[0].waiting, table(learning, milo)[0].waiting_since) == (0, None)
    ask(learning, "second")
    learning.at += HOUR
    submit(learning, "first")
    (row,) = table(learning, milo)
    assert (row.waiting, row.waiting_since) == (2, NOON)
    say(learning, milo, "second")
    (row,) = table(learning, milo)
    assert (row.waiting, row.waiting_since) == (1, NOON + HOUR)


@pytest.mark.parametrize(
    ("status", "count"),
    [(Status.DONE, 1), (Status.IN_PROGRESS, 1), (Status.SKIPPED, 0), (Status.NOT_STARTED, 0)],
)
def test_returned_work_counts_while_it_is_done_or_in_progress(
    learning: Learning, milo: User, status: Status, count: int
) -> None:
    returned(learning, milo, "first")
    learning.at += DAY
    learning.mark("first", status)
    (row,) = table(learning, milo)
    assert (row.returned, row.returned_at) == (count, NOON if count else None)


def test_returned_work_counts_until_it_is_submitted_again(learning: Learning, milo: User) -> None:
    returned(learning, milo, "first")
    learning.at += HOUR
    returned(learning, milo, "second")
    assert (table(learning, milo)[0].returned, table(learning, milo)[0].returned_at) == (2, NOON)
    submit(learning, "first")
    assert (table(learning, milo)[0].returned, table(learning, milo)[0].returned_at) == (1, NOON + HOUR)
    withdraw(learning, "first")
    assert (table(learning, milo)[0].returned, table(learning, milo)[0].returned_at) == (2, NOON)


def test_a_row_has_the_concerns_about_it(learning: Learning, milo: User) -> None:
    returned(learning, milo, "first")
    ask(learning, "second")
    learning.choose(target_on=TODAY + 30 * DAY)
    learning.at += 25 * DAY
    (row,) = table(learning, milo)
    assert [(each.reason, each.lasted.days) for each in row.concerns] == [
        ("waiting", 25),
        ("returned", 25),
        ("quiet", 25),
        ("late", 0),
    ]


@pytest.mark.parametrize("mentees", [1, 12])
def test_the_table_costs_four_statements_at_most_however_many_there_are(
    database: SharedDatabase, learning: Learning, milo: User, mentees: int
) -> None:
    for number in range(1, mentees):
        submit(another(learning, milo, f"Learner{number}"))
    mentor = detached(learning.session, milo)
    with database.reading() as session:
        mentees_of(session, seen_by=mentor, at=NOON)  # reads the outline, which is cached
        with counted_statements(database) as statements:
            rows = mentees_of(session, seen_by=mentor, at=NOON)
        database.caches.states.clear()
        with counted_statements(database) as after_changes:
            assert mentees_of(session, seen_by=mentor, at=NOON) == rows
    assert (len(rows), len(statements), len(after_changes)) == (mentees, 3, 4)


def test_numbers_follow_every_change(learning: Learning, milo: User) -> None:
    learning.mark("first")
    for status, percent in ((Status.DONE, 13), (Status.SKIPPED, 0), (Status.DONE, 13)):
        learning.mark("first", status)
        assert [row.numbers.claimed.percent for row in table(learning, milo)] == [percent]
    learning.choose(pathways=())
    assert [row.numbers.claimed.percent for row in table(learning, milo)] == [21]
