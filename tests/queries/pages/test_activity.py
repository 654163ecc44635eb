"""The activity of an enrollment: charts from its events, in the learner's days, read once."""

from datetime import timedelta

import pytest

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import Status
from roadmap.queries.learning.enrollments import enrollments_for
from roadmap.queries.pages.activity import ActivityPage, activities_of, find_activity_page
from tests.support.cast import NOON, add_user
from tests.support.learning import TODAY, YESTERDAY, Learning
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.statements import counted_statements


def page(learning: Learning, seen_by: User | None = None) -> ActivityPage:
    learning.session.flush()
    public_id, person = learning.enrollment.public_id, seen_by or learning.person
    return find_activity_page(learning.session, public_id, seen_by=person, at=learning.at)


def test_the_days_are_those_on_which_it_happened(learning: Learning) -> None:
    learning.mark("first", occurred_on=YESTERDAY)
    learning.mark("second", Status.IN_PROGRESS)
    assert [(each.day, *each.active) for each in page(learning).calendar.days] == [
        (TODAY, 1, 0),
        (YESTERDAY, 0, 1),
    ]


def test_an_undone_mark_leaves_no_trace(learning: Learning) -> None:
    learning.undo(learning.mark("first"))
    assert page(learning).calendar.days == ()


def test_the_last_day_is_the_learners(learning: Learning) -> None:
    learning.person.time_zone = "Pacific/Auckland"
    assert page(learning).calendar.halves[-1].last == TODAY + timedelta(days=0 if NOON.hour < 11 else 1)


def test_the_goal_line_follows_the_settings_and_pauses_show(learning: Learning) -> None:
    learning.at += timedelta(weeks=2)
    learning.choose(weekly_hours=9.0, state=EnrollmentState.PAUSED)
    learning.at += timedelta(weeks=2)
    chart = page(learning).weeks
    assert [line.hours for line in chart.goals] == [6.0, 9.0]
    assert [bar.week.is_paused for bar in chart.bars[-4:]] == [False, True, True, True]


def test_both_numbers_over_time_end_with_those_of_today(learning: Learning, milo: User) -> None:
    learning.mark("first")
    learning.at += timedelta(days=9)
    found = page(learning, seen_by=milo)
    assert found.progress is not None
    assert found.progress.series[-1].claimed == found.numbers.claimed.percent
    assert found.progress.now_x < 1000  # the forecast goes on from there


def test_a_stranger_finds_none(learning: Learning) -> None:
    with pytest.raises(NotFound):
        page(learning, seen_by=add_user(learning.session, "Otto"))


def test_several_are_read_in_one_statement(real_database: Database) -> None:
    with real_database.writing() as session:
        lena = add_user(session, "Lena")
        for slug in ("one", "two"):
            add_roadmap(session, sample(slug))
            Learning(session, lena, enroll(session, lena, slug)).mark("first")
        session.commit()
    with real_database.reading() as session:
        enrollments = enrollments_for(session, lena, at=NOON)
        with counted_statements(real_database) as seen:
            found = activities_of(session, enrollments)
    assert (len(seen), [len(each.days) for each in found.values()]) == (1, [1, 1])
