"""How long answers take: the usual time of a mentor, and what a learner may expect."""

from datetime import timedelta

from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.reviews import Outcome
from roadmap.queries.mentoring.mentor_dashboard import DashboardQuery, find_dashboard
from roadmap.queries.mentoring.returned_work import LAST_ANSWERS, expected_wait
from tests.support.learning import Learning
from tests.support.mentoring import DAY, HOUR, end, mentor_of, review, submit


def usual(learning: Learning, person: User) -> timedelta | None:
    learning.session.flush()
    return find_dashboard(learning.session, DashboardQuery(), seen_by=person, at=learning.at).usual


def answered(learning: Learning, by: User, key: str, after: timedelta) -> None:
    work = submit(learning, key)
    learning.at += after
    review(learning, work, by)


def test_the_usual_answer_time_is_a_median(learning: Learning, milo: User) -> None:
    assert usual(learning, milo) is None
    for key, hours in (("first", 1), ("see", 2), ("look", 30)):
        answered(learning, milo, key, hours * HOUR)
    assert usual(learning, milo) == 2 * HOUR


def test_only_the_last_twenty_answers_count(learning: Learning, milo: User) -> None:
    for hours in [*[100] * 21, *[1] * LAST_ANSWERS]:
        work = submit(learning)
        learning.at += hours * HOUR
        review(learning, work, milo, Outcome.RETURNED)
    assert usual(learning, milo) == HOUR


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
    assert expected_wait(learning.session, learning.enrollment.id) == 3 * HOUR
    end(learning, mina)
    assert expected_wait(learning.session, learning.enrollment.id) == HOUR
