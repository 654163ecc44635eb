"""The change over 30 days is exactly the difference of two reports: of now, and as of the day 30 days ago."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import RuleError
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import Status
from roadmap.domain.reports.reports import ReportQuery
from roadmap.queries.mentoring.mentees import mentees_of
from roadmap.queries.reports.reports import report_of
from tests.support import simulations
from tests.support.cast import add_user
from tests.support.learning import Learning
from tests.support.mentoring import DAY, mentor
from tests.support.outlines import enroll, newer_sample, sample
from tests.support.simulations import Step, new_simulation

KEYS = [*sample().milestones, *newer_sample().milestones]


def change(learning: Learning, milo: User) -> int | None:
    """As the table of mentees has it."""
    learning.session.flush()
    rows = mentees_of(learning.session, seen_by=milo, at=learning.at)
    (row,) = [row for row in rows if row.enrollment == learning.enrollment.public_id]
    return row.change


def claimed(learning: Learning, as_of: date | None = None) -> int | None:
    """As a report has it; 0 where nothing was on record yet."""
    if as_of is not None and as_of < learning.events()[0].recorded_on:
        return 0
    report = report_of(learning.session, learning.enrollment, ReportQuery(as_of=as_of), at=learning.at)
    return report.claimed.percent


def compared(learning: Learning) -> int | None:
    """The difference of the two reports."""
    now = report_of(learning.session, learning.enrollment, ReportQuery(), at=learning.at)
    before = claimed(learning, now.as_of - timedelta(days=30))
    return None if before is None or now.claimed.percent is None else now.claimed.percent - before


@pytest.mark.parametrize(("days", "gained"), [(0, 13), (29, 13), (30, 0), (31, 0)])
def test_what_was_recorded_30_days_ago_is_no_change(
    learning: Learning, milo: User, days: int, gained: int
) -> None:
    learning.at += 40 * DAY
    learning.mark("first")
    learning.at += days * DAY
    assert change(learning, milo) == gained == compared(learning)


def test_the_first_30_days_count_from_nothing(learning: Learning, milo: User) -> None:
    learning.mark("first")
    learning.at += 29 * DAY
    assert change(learning, milo) == 13


@pytest.mark.parametrize(("days", "gained"), [(29, 13), (30, 0)])
def test_the_day_of_the_start_counts_as_a_whole(
    learning: Learning, milo: User, days: int, gained: int
) -> None:
    learning.mark("first")
    learning.at += days * DAY
    assert change(learning, milo) == gained == compared(learning)


@pytest.mark.parametrize(
    ("first", "last", "gained"), [(Status.DONE, Status.IN_PROGRESS, 13), (Status.IN_PROGRESS, Status.DONE, 0)]
)
def test_the_last_status_before_the_day_counts_and_those_between_do_not(
    learning: Learning, milo: User, first: Status, last: Status, gained: int
) -> None:
    learning.mark("first", first)
    learning.at += DAY
    learning.mark("first", last)
    learning.at += 40 * DAY
    learning.mark("first", Status.SKIPPED)
    learning.at += DAY
    learning.mark("first", Status.DONE)
    assert change(learning, milo) == gained == compared(learning)


def test_days_are_the_learners_and_never_before_the_last_one_on_record(
    learning: Learning, milo: User
) -> None:
    learning.person.time_zone = "Pacific/Auckland"
    learning.at += DAY
    learning.mark("first")
    learning.at += 30 * DAY
    assert change(learning, milo) == 0 == compared(learning)
    learning.mark("second")
    learning.person.time_zone = "Pacific/Honolulu"
    assert change(learning, milo) == 13 == compared(learning)


def test_each_mentee_has_a_day_of_their_own(learning: Learning, milo: User) -> None:
    learning.person.time_zone = "Pacific/Auckland"
    otto = add_user(learning.session, "Otto", time_zone="Pacific/Honolulu")
    theirs = Learning(learning.session, otto, enroll(learning.session, otto, pathways=["seer"]))
    mentor(theirs, milo)
    learning.at += DAY
    learning.mark("first")
    theirs.at = learning.at = learning.at + 30 * DAY
    assert change(learning, milo) == 0 == compared(learning)
    assert change(theirs, milo) == 0 == compared(theirs)


def test_a_day_in_the_past_changes_nothing_about_what_was_on_record(learning: Learning, milo: User) -> None:
    learning.at += 60 * DAY
    learning.mark("first", occurred_on=(learning.at - 50 * DAY).date())
    assert change(learning, milo) == 13 == compared(learning)


def test_less_can_be_claimed_than_before(learning: Learning, milo: User) -> None:
    learning.mark("first")
    learning.at += 60 * DAY
    learning.mark("first", Status.IN_PROGRESS)
    assert change(learning, milo) == -13 == compared(learning)


def test_other_pathways_are_compared_with_the_plan_of_that_day(learning: Learning, milo: User) -> None:
    learning.mark("first")
    learning.at += 60 * DAY
    learning.choose(pathways=())
    assert change(learning, milo) == 8 == compared(learning)


def test_another_edition_is_compared_with_the_one_of_that_day(learning: Learning, milo: User) -> None:
    learning.mark("first")
    learning.mark("habit")
    learning.at += 60 * DAY
    learning.publish()
    learning.accept()
    found = change(learning, milo)
    assert found == compared(learning)
    assert found != 0


steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(simulations.pass_days, st.integers(0, 20)),
    st.builds(simulations.pass_days, st.integers(0, 20)),
    st.builds(
        simulations.mark,
        st.sampled_from(KEYS),
        st.sampled_from(Status),
        st.none() | st.integers(0, 40),
        st.none(),
    ),
    st.builds(simulations.mark, st.sampled_from(KEYS), st.just(Status.DONE), st.none(), st.none()),
    st.builds(simulations.know, st.lists(st.sampled_from(KEYS), max_size=3)),
    st.builds(simulations.travel, st.sampled_from(["UTC", "Pacific/Honolulu", "Pacific/Auckland"])),
    st.builds(
        simulations.choose, st.sets(st.sampled_from(["seer", "reader"])), st.sampled_from(EnrollmentState)
    ),
    st.sampled_from([simulations.publish, simulations.rename, simulations.accept]),
    st.builds(simulations.undo, st.integers(0, 4)),
)


# The other tests here send the same statements to both databases.
@pytest.mark.slow
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(steps, min_size=4, max_size=25))
def test_whatever_happened_the_change_is_that_of_the_reports(session: Session, taken: Sequence[Step]) -> None:
    simulation = new_simulation(session)
    for step in taken:
        with suppress(RuleError), session.begin_nested():
            step(simulation)
    session.flush()
    session.expire_all()
    assert change(simulation, simulation.milo) == compared(simulation)
