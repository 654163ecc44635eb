"""States are cached between sessions, and follow each change that is committed."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from roadmap.cache.states import states_by_id
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.progress import MilestoneState, Status
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.learning.progress import mark_known, set_note, set_progress, set_revisit
from roadmap.operations.learning.undo import undo_change
from roadmap.queries.learning.enrollments import find_enrollment
from tests.support.cast import NOON, add_user
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.statements import counted_statements

Change = Callable[[Session, Enrollment, User], object]
CHANGES: dict[str, Change] = {
    "mark": lambda session, one, by: set_progress(session, one, "first", Status.DONE, by=by, at=NOON),
    "unmark": lambda session, one, by: set_progress(
        session, one, "first", Status.SKIPPED, by=by, at=NOON, reason="Why"
    ),
    "revisit": lambda session, one, by: set_revisit(session, one, "first", date(2026, 5, 1), by=by, at=NOON),
    "note": lambda session, one, by: set_note(session, one, "second", "A note", version=0, by=by, at=NOON),
    "know": lambda session, one, by: mark_known(session, one, ["second", "habit"], by=by, at=NOON),
    "undo": lambda session, one, by: undo_change(session, one, one.last_number, by=by, at=NOON),
}


@pytest.fixture
def lena(real_database: Database) -> User:
    with real_database.writing() as session:
        lena = add_user(session, "Lena")
        add_roadmap(session, sample())
        enroll(session, lena)
        session.commit()
    return lena


@pytest.fixture
def public_id(real_database: Database, lena: User) -> str:
    with real_database.reading() as session:
        return session.query(Enrollment).filter_by(user_id=lena.id).one().public_id


def change(database: Database, lena: User, public_id: str, name: str, *, commits: bool = True) -> None:
    with database.writing() as session:
        CHANGES[name](session, lock_open_enrollment(session, public_id, by=lena), lena)
        if commits:
            session.commit()


def seen(database: Database, lena: User, public_id: str) -> dict[int, MilestoneState]:
    with database.reading() as session:
        return states_by_id(session, find_enrollment(session, public_id, seen_by=lena, at=NOON))


def test_what_is_cached_is_what_is_stored_after_each_change(
    real_database: Database, lena: User, public_id: str
) -> None:
    seen(real_database, lena, public_id)
    for name in (*CHANGES, "mark", "undo", "undo"):
        change(real_database, lena, public_id, name)
        with Database(str(real_database.url.render_as_string(hide_password=False))) as fresh:
            assert seen(real_database, lena, public_id) == seen(fresh, lena, public_id), name


def test_a_change_hands_its_standings_on_without_another_statement(
    real_database: Database, lena: User, public_id: str
) -> None:
    seen(real_database, lena, public_id)
    change(real_database, lena, public_id, "mark")
    with counted_statements(real_database) as statements:
        (milestone_state,) = seen(real_database, lena, public_id).values()
    assert (milestone_state.status, len(statements)) == (Status.DONE, 1)


def test_what_was_not_committed_is_not_cached(real_database: Database, lena: User, public_id: str) -> None:
    change(real_database, lena, public_id, "mark")
    change(real_database, lena, public_id, "unmark", commits=False)
    (milestone_state,) = seen(real_database, lena, public_id).values()
    assert milestone_state.status is Status.DONE
