"""How long answers take: the usual time of a mentor, and what a learner may expect."""

from datetime import timedelta

from roadmap.domain.accounts.users import User
from roadmap.queries.mentoring.answer_times import AnswerTimes, answer_times
from roadmap.queries.mentoring.mentor_dashboard import DashboardQuery, find_dashboard
from tests.support.cast import add_user
from tests.support.learning import Learning
from tests.support.mentoring import DAY, HOUR, end, mentor, mentor_of, review, submit
from tests.support.outlines import enroll


def usual(learning: Learning, person: User) -> timedelta | None:
    learning.session.flush()
    return find_dashboard(learning.session, DashboardQuery(), seen_by=person, at=learning.at).usual


def times(learning: Learning) -> AnswerTimes:
    learning.session.flush()
    times_on = answer_times(learning.session, learning.person.id, at=learning.at)
    return times_on(learning.enrollment.roadmap_id)


def expected(learning: Learning) -> timedelta | None:
    return times(learning).usual


def answered(learning: Learning, by: User, key: str, after: timedelta) -> None:
    work = submit(learning, key)
    learning.at += after
    review(learning, work, by)


def test_the_usual_answer_time_is_a_median(learning: Learning, milo: User) -> None:
    assert usual(learning, milo) is None
    for key, hours in (("first", 1), ("see", 2), ("look", 30)):
        answered(learning, milo, key, hours * HOUR)
    assert usual(learning, milo) == 2 * HOUR


def test_only_the_answers_of_the_last_sixty_days_count(learning: Learning, milo: User) -> None:
    answered(learning, milo, "first", 100 * HOUR)
    learning.at += 61 * DAY
    answered(learning, milo, "see", HOUR)
    assert usual(learning, milo) == HOUR


def test_what_waits_counts_with_its_age(learning: Learning, milo: User) -> None:
    answered(learning, milo, "see", HOUR)
    submit(learning, "first")
    learning.at += 2 * DAY
    submit(learning, "look")
    learning.at += 12 * DAY
    assert usual(learning, milo) == expected(learning) == 12 * DAY


def test_what_was_just_submitted_is_no_usual_time(learning: Learning, milo: User) -> None:
    submit(learning, "first")
    learning.at += HOUR
    assert usual(learning, milo) is expected(learning) is None
    learning.at += 3 * DAY
    assert usual(learning, milo) == expected(learning) == 3 * DAY + HOUR


def test_a_young_wait_does_not_make_answers_look_quicker(learning: Learning, milo: User) -> None:
    answered(learning, milo, "see", 4 * DAY)
    submit(learning, "first")
    learning.at += HOUR
    assert usual(learning, milo) == expected(learning) == 4 * DAY
    learning.at += 5 * DAY
    assert usual(learning, milo) == expected(learning) == (4 * DAY + 5 * DAY + HOUR) / 2


def test_the_backlog_is_that_of_each_mentor_with_all_their_mentees(learning: Learning, milo: User) -> None:
    other = Learning(learning.session, add_user(learning.session, "Otto"), learning.enrollment)
    other.enrollment = enroll(learning.session, other.person)
    mentor(other, milo)
    mentor_of(learning, "Mina")
    submit(other, "first")
    learning.at += DAY
    submit(learning, "first")
    learning.at += 4 * DAY
    backlogs = times(learning).backlogs
    assert [(each.mentor, each.waiting, learning.at - each.oldest_at) for each in backlogs] == [
        ("Milo", 2, 5 * DAY),
        ("Mina", 1, 4 * DAY),
    ]


def test_work_is_late_after_the_usual_time_but_not_within_three_days() -> None:
    assert not AnswerTimes(HOUR).is_late(3 * DAY)
    assert AnswerTimes(HOUR).is_late(3 * DAY + HOUR)
    assert not AnswerTimes(5 * DAY).is_late(4 * DAY)
    assert AnswerTimes(5 * DAY).is_late(5 * DAY)


def test_a_replaced_answer_counts_once_at_its_first_time(learning: Learning, milo: User) -> None:
    work = submit(learning)
    learning.at += HOUR
    first = review(learning, work, milo)
    learning.at += DAY
    review(learning, work, milo, replaces=first.public_id, reason="Why")
    assert usual(learning, milo) == HOUR


def test_the_learner_expects_what_all_their_present_mentors_took(learning: Learning, milo: User) -> None:
    mina = mentor_of(learning, "Mina")
    answered(learning, milo, "first", HOUR)
    answered(learning, mina, "see", 5 * HOUR)
    assert expected(learning) == 3 * HOUR
    end(learning, mina)
    assert expected(learning) == HOUR
