"""Starting a roadmap and its settings: one active enrollment, pathways left and rejoined, the archive."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.errors import Conflict, Forbidden, Invalid, NotFound
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState, Settings
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.roadmaps.roadmaps import Roadmap, Visibility
from roadmap.operations.learning.enrollments import (
    lock_enrollment,
    lock_open_enrollment,
    outline_of,
    start_enrollment,
)
from tests.support.cast import NOON, add_user
from tests.support.learning import TODAY, TOMORROW, YESTERDAY, Learning
from tests.support.outlines import add_roadmap, enroll


def numbers(learning: Learning) -> Numbers:
    plan = outline_of(learning.session, learning.enrollment).plan_for(learning.enrollment.pathways)
    return measure(plan, {key: learning.milestone_state(key) for key in plan.outline.milestones})


def test_a_start_is_one_change_that_holds_edition_and_settings(learning: Learning) -> None:
    events = learning.events()
    assert [event.kind for event in events] == [
        EventKind.ENROLLED,
        EventKind.EDITION_SET,
        EventKind.SETTINGS_SET,
    ]
    assert {event.change for event in events} == {1}
    assert learning.enrollment.settings == Settings(("seer",), 6.0)


def test_nobody_follows_a_roadmap_twice_at_once(learning: Learning) -> None:
    with pytest.raises(Conflict):
        enroll(learning.session, learning.person)


def test_a_paused_roadmap_is_still_followed(learning: Learning) -> None:
    learning.choose(state=EnrollmentState.PAUSED)
    with pytest.raises(Conflict):
        enroll(learning.session, learning.person)


def test_after_archiving_one_can_start_again_from_nothing(learning: Learning) -> None:
    learning.mark("first")
    learning.choose(state=EnrollmentState.ARCHIVED)
    again = enroll(learning.session, learning.person)
    assert (again.last_number, again.public_id != learning.enrollment.public_id) == (3, True)


def test_somebody_else_may_start_the_same_roadmap(learning: Learning) -> None:
    assert enroll(learning.session, add_user(learning.session, "Otto")).id != learning.enrollment.id


def test_a_private_roadmap_is_there_for_its_author_only(session: Session) -> None:
    lena, otto = add_user(session, "Lena"), add_user(session, "Otto")
    roadmap = add_roadmap(session)
    roadmap.visibility, roadmap.author_id = Visibility.PRIVATE, lena.id
    session.flush()
    assert enroll(session, lena).user_id == lena.id
    with pytest.raises(NotFound):
        enroll(session, otto)


def test_a_roadmap_without_a_published_edition_cannot_be_started(session: Session) -> None:
    session.add(Roadmap(slug="empty", created_at=NOON))
    lena = add_user(session, "Lena")
    for slug in ("empty", "nothing"):
        with pytest.raises(NotFound):
            enroll(session, lena, slug)


def test_a_target_may_be_today_and_no_day_before(session: Session) -> None:
    add_roadmap(session)
    lena = add_user(session, "Lena")
    with pytest.raises(Invalid) as refused:
        start_enrollment(session, "sample", Settings((), 6.0, YESTERDAY), by=lena, at=NOON)
    assert refused.value.errors.keys() == {"target_date"}
    assert start_enrollment(session, "sample", Settings((), 6.0, TODAY), by=lena, at=NOON).target_on == TODAY


@pytest.mark.parametrize("hours", [0.0, 0.25, 6.25, 100.5, -1.0, float("nan"), float("inf")])
def test_weekly_hours_are_halves_from_a_half_to_a_hundred(learning: Learning, hours: float) -> None:
    with pytest.raises(Invalid) as refused:
        learning.choose(weekly_hours=hours)
    assert refused.value.errors.keys() == {"weekly_hours"}
    assert learning.enrollment.weekly_hours == 6.0


def test_a_pathway_that_is_not_there_is_refused(learning: Learning) -> None:
    with pytest.raises(Invalid) as refused:
        learning.choose(pathways=("seer", "nothing"))
    assert refused.value.errors.keys() == {"pathways"}


def test_a_target_that_passed_may_stay_but_not_be_chosen(learning: Learning) -> None:
    learning.choose(target_on=TOMORROW)
    learning.at += timedelta(days=9)
    assert learning.choose(weekly_hours=7.0) is not None
    with pytest.raises(Invalid):
        learning.choose(target_on=TODAY)


def test_the_same_settings_write_nothing(learning: Learning) -> None:
    assert learning.choose(weekly_hours=6.0) is None
    assert len(learning.events()) == 3


def test_a_pathway_left_and_rejoined_counts_its_marks_again(learning: Learning) -> None:
    learning.mark("see")
    before = numbers(learning)
    learning.choose(pathways=("reader",))
    assert (numbers(learning).claimed.done, numbers(learning).extra) == (0, 1)
    learning.choose(pathways=("seer",))
    assert numbers(learning) == before


def test_a_skill_in_two_pathways_counts_once(learning: Learning) -> None:
    one = numbers(learning).claimed.milestones_total
    learning.choose(pathways=("seer", "reader"))
    assert numbers(learning).claimed.milestones_total == one + 2


def test_archived_is_read_only(learning: Learning) -> None:
    learning.choose(state=EnrollmentState.ARCHIVED)
    public_id = learning.enrollment.public_id
    with pytest.raises(Forbidden, match="archived"):
        lock_open_enrollment(learning.session, public_id, by=learning.person)
    with pytest.raises(Forbidden, match="archived"):
        learning.choose(weekly_hours=7.0)


def test_settings_take_a_roadmap_out_of_the_archive(learning: Learning) -> None:
    learning.choose(state=EnrollmentState.ARCHIVED)
    learning.choose(state=EnrollmentState.ACTIVE)
    learning.mark("first")
    assert learning.enrollment.state is EnrollmentState.ACTIVE


def test_the_archive_is_not_left_beside_another_one(learning: Learning) -> None:
    learning.choose(state=EnrollmentState.ARCHIVED)
    enroll(learning.session, learning.person)
    with pytest.raises(Conflict):
        learning.choose(state=EnrollmentState.ACTIVE)


def test_somebody_elses_enrollment_is_not_found_like_an_absent_one(learning: Learning) -> None:
    otto = add_user(learning.session, "Otto")
    for public_id in (learning.enrollment.public_id, "nothing"):
        with pytest.raises(NotFound, match="There is no such roadmap"):
            lock_enrollment(learning.session, public_id, by=otto)


def test_a_mentor_or_an_administrator_may_not_change_it(learning: Learning) -> None:
    boss = add_user(learning.session, "Boss", is_admin=True)
    with pytest.raises(NotFound):
        lock_enrollment(learning.session, learning.enrollment.public_id, by=boss)


def test_settings_survive_their_event(learning: Learning) -> None:
    wanted = replace(
        learning.enrollment.settings,
        weekly_hours=7.5,
        target_on=date(2027, 2, 28),
        state=EnrollmentState.PAUSED,
        shows_forecast=False,
    )
    assert Settings.from_json(wanted.as_json()) == wanted


def test_a_locked_enrollment_saves_what_is_assigned_to_it(real_database: Database) -> None:
    """It belongs to its session, as everything that the session gives."""
    with real_database.writing() as session:
        add_roadmap(session)
        lena = add_user(session, "Lena")
        public_id = enroll(session, lena).public_id
        session.commit()
    with real_database.writing() as session:
        enrollment = lock_enrollment(session, public_id, by=lena)
        assert enrollment.edition.number == 1
        enrollment.weekly_hours = 9.0
        session.commit()
    with real_database.reading() as session:
        assert session.scalars(select(Enrollment.weekly_hours)).all() == [9.0]
