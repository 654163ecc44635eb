"""Two people or two windows at the same moment: one effect or a clear refusal, and nothing lost."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState, enrollments_of
from roadmap.domain.learning.events import Event
from roadmap.domain.learning.progress import Status
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap
from roadmap.operations.learning import enrollments, undo
from roadmap.operations.learning.enrollments import change_settings, lock_enrollment
from roadmap.operations.learning.progress import set_progress
from roadmap.operations.learning.undo import undo_change
from roadmap.operations.roadmaps.catalogs import import_outline
from tests.support.cast import NOON
from tests.support.outlines import enroll, sample
from tests.support.racing import newcomers, together


@pytest.fixture
def lena(real_database: Database) -> User:
    (lena,) = newcomers(real_database, "Lena")
    return lena


def started(database: Database, lena: User, *, archived: bool = False) -> str:
    with database.writing() as session:
        enrollment = enroll(session, lena)
        if archived:
            wanted = replace(enrollment.settings, state=EnrollmentState.ARCHIVED)
            change_settings(session, enrollment, wanted, by=lena, at=NOON)
        session.commit()
    return enrollment.public_id


def meeting(check: Callable[..., None]) -> Callable[..., None]:
    """The check, after which the two wait for each other where the database lets them."""
    barrier = Barrier(2)

    def checked(*given: object, **more: object) -> None:
        check(*given, **more)
        with suppress(BrokenBarrierError):
            barrier.wait(0.5)

    return checked


@pytest.fixture
def both_checks_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both look for another active enrollment before either is written."""
    check = meeting(enrollments.check_only_one)
    for module in (enrollments, undo):
        monkeypatch.setattr(module, "check_only_one", check)


def active(database: Database, lena: User) -> int:
    with database.reading() as session:
        own = enrollments_of(lena).where(Enrollment.state != EnrollmentState.ARCHIVED)
        return len(session.scalars(own).all())


def test_two_starts_at_once_make_one_enrollment(
    real_database: Database, lena: User, both_checks_pass: None
) -> None:
    results = together(real_database, *[lambda session: enroll(session, lena).id] * 2)
    assert sum(isinstance(each, Conflict) for each in results) == 1
    assert active(real_database, lena) == 1


def test_two_leave_the_archive_at_once_and_one_stays(
    real_database: Database, lena: User, both_checks_pass: None
) -> None:
    by_settings, by_undo = [started(real_database, lena, archived=True) for _ in range(2)]

    def resume(session: Session) -> object:
        enrollment = lock_enrollment(session, by_settings, by=lena)
        wanted = replace(enrollment.settings, state=EnrollmentState.ACTIVE)
        return change_settings(session, enrollment, wanted, by=lena, at=NOON)

    def take_back(session: Session) -> object:
        return undo_change(session, lock_enrollment(session, by_undo, by=lena), 4, by=lena, at=NOON)

    results = together(real_database, resume, take_back)
    assert sum(isinstance(each, Conflict) for each in results) == 1
    assert active(real_database, lena) == 1


def test_marks_of_one_milestone_from_four_windows_are_all_on_record(
    real_database: Database, lena: User
) -> None:
    public_id = started(real_database, lena)

    def mark(session: Session, reason: str) -> int | None:
        enrollment = lock_enrollment(session, public_id, by=lena)
        return set_progress(session, enrollment, "first", Status.DONE, by=lena, at=NOON, reason=reason)

    acts = [lambda session, reason=str(number): mark(session, reason) for number in range(24)]
    changes = [change for place in range(0, 24, 4) for change in together(real_database, *acts[place:][:4])]
    assert sorted(changes) == list(range(4, 28))
    with real_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == 27


def test_two_undos_of_one_change_have_one_effect(real_database: Database, lena: User) -> None:
    public_id = started(real_database, lena)
    with real_database.writing() as session:
        enrollment = lock_enrollment(session, public_id, by=lena)
        change = set_progress(session, enrollment, "first", Status.DONE, by=lena, at=NOON)
        session.commit()

    def take_back(session: Session) -> int:
        return undo_change(session, lock_enrollment(session, public_id, by=lena), change, by=lena, at=NOON)

    results = together(real_database, take_back, take_back)
    assert sum(isinstance(each, Conflict) for each in results) == 1


def test_two_imports_of_a_new_roadmap_publish_one_edition(real_database: Database) -> None:
    outline = sample("twice")
    acts = [lambda session: import_outline(session, outline, by=None, at=NOON) is not None] * 2
    assert sorted(together(real_database, *acts)) == [False, True]
    with real_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Edition).join(Roadmap)) == 1
