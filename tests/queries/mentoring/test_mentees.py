"""All mentees as a table: one row for each mentee and roadmap, at a fixed cost."""

import pytest

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import Status
from roadmap.queries.mentoring.mentees import MenteeOrder, MenteeRow, mentees_of
from tests.support.cast import NOON, add_user
from tests.support.fixtures.databases import SharedDatabase
from tests.support.learning import Learning
from tests.support.mentoring import DAY, HOUR, detached, end, mentor, returned, review, submit, verified
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.statements import counted_statements


def table(learning: Learning, milo: User, **how: object) -> list[MenteeRow]:
    learning.session.flush()
    return mentees_of(learning.session, seen_by=milo, at=learning.at, **how)


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
    assert table(learning, milo)[0].contact == 2 * DAY
    returned(learning, milo)
    learning.at += DAY
    assert table(learning, milo)[0].contact == DAY


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


@pytest.mark.parametrize(("words", "found"), [("", 2), ("LEN", 1), ("sample", 2), ("nobody", 0)])
def test_words_are_looked_for_in_names_and_roadmaps(
    learning: Learning, milo: User, words: str, found: int
) -> None:
    another(learning, milo, "Otto")
    assert len(table(learning, milo, words=words)) == found


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (MenteeOrder.NAME, ["Lena", "Otto", "Ute"]),
        (MenteeOrder.CLAIMED, ["Otto", "Lena", "Ute"]),
        (MenteeOrder.VERIFIED, ["Lena", "Otto", "Ute"]),
        (MenteeOrder.ACTIVITY, ["Ute", "Otto", "Lena"]),
        (MenteeOrder.WAITING, ["Otto", "Lena", "Ute"]),
        (MenteeOrder.CONTACT, ["Lena", "Otto", "Ute"]),
    ],
)
def test_the_table_can_be_sorted(
    learning: Learning, milo: User, order: MenteeOrder, names: list[str]
) -> None:
    verified(learning, milo)
    learning.at += HOUR
    otto = another(learning, milo, "Otto")
    submit(otto, "first")
    otto.mark("second")
    learning.at += DAY
    another(learning, milo, "Ute")
    assert [row.name for row in table(learning, milo, order=order)] == names


@pytest.mark.parametrize("mentees", [1, 12])
def test_the_table_costs_two_statements_at_most_however_many_there_are(
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
    assert (len(rows), len(statements), len(after_changes)) == (mentees, 1, 2)


def test_numbers_follow_every_change(learning: Learning, milo: User) -> None:
    learning.mark("first")
    for status, percent in ((Status.DONE, 13), (Status.SKIPPED, 0), (Status.DONE, 13)):
        learning.mark("first", status)
        assert [row.numbers.claimed.percent for row in table(learning, milo)] == [percent]
    learning.choose(pathways=())
    assert [row.numbers.claimed.percent for row in table(learning, milo)] == [21]
