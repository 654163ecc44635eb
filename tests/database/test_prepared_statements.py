"""Prepared statements take, give and raise what SQLAlchemy does, on both databases."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from sqlalchemy import Connection, Table, bindparam, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from roadmap.database import Database, DatabaseUnavailable
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.events import Event
from roadmap.domain.progress import Progress, Status
from roadmap.domain.users import User
from roadmap.operations.progress import find_milestone
from roadmap.statements import Prepared
from tests.learning import Learning

PROGRESS = cast("Table", Progress.__table__)
OTHERS_END = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
)
COLUMNS = ("enrollment_id", "milestone_id", "status", "occurred_on", "known")


@pytest.fixture
def connection(learning: Learning) -> Connection:
    learning.mark("first")
    learning.revisit("second", date(2026, 5, 1))
    learning.session.flush()
    return learning.session.connection()


@pytest.fixture
def untouched(learning: Learning) -> list[int]:
    """The ids of two milestones without progress."""
    return [find_milestone(learning.session, learning.enrollment, key) for key in ("habit", "bonus")]


@pytest.mark.parametrize("table", [User, Enrollment, Event, Progress])
def test_every_kind_of_value_comes_back_as_through_sqlalchemy(connection: Connection, table: Any) -> None:
    statement = select(table.__table__)
    rows = Prepared(statement).rows(connection, {})
    assert rows == [tuple(row) for row in connection.execute(statement)] != []


def test_values_are_sent_as_through_sqlalchemy(
    learning: Learning, connection: Connection, untouched: list[int]
) -> None:
    values = {"enrollment_id": learning.enrollment.id, "milestone_id": untouched[0], "known": True}
    Prepared(insert(PROGRESS), COLUMNS).run(
        connection, {**values, "status": Status.DONE, "occurred_on": date(2026, 2, 28)}
    )
    asked = select(Progress.status, Progress.occurred_on, Progress.known, Progress.verification)
    found = connection.execute(asked.where(Progress.milestone_id == untouched[0])).one()
    assert tuple(found) == (Status.DONE, date(2026, 2, 28), True, "none")


def test_a_moment_in_another_zone_is_stored_in_utc(connection: Connection) -> None:
    moment = datetime(2026, 3, 4, 1, tzinfo=timezone(timedelta(hours=9)))
    Prepared(update(User).values(created_at=bindparam("moment"))).run(connection, {"moment": moment})
    assert connection.execute(select(User.created_at)).scalars().all() == [moment.astimezone(UTC)]


def test_several_rows_are_sent_one_by_one(
    learning: Learning, connection: Connection, untouched: list[int]
) -> None:
    row = {
        "enrollment_id": learning.enrollment.id,
        "status": Status.SKIPPED,
        "occurred_on": None,
        "known": False,
    }
    Prepared(insert(PROGRESS), COLUMNS).run(connection, *[{**row, "milestone_id": n} for n in untouched])
    asked = select(Progress.milestone_id).where(Progress.status == Status.SKIPPED)
    assert sorted(connection.execute(asked).scalars()) == sorted(untouched)


def test_a_value_that_the_type_refuses_is_refused(connection: Connection) -> None:
    with pytest.raises(ValueError, match="time zone"):
        Prepared(update(User).values(created_at=bindparam("moment"))).run(
            connection,
            {"moment": datetime(2026, 3, 4)},  # noqa: DTZ001 - a naive one is the point
        )


def test_a_broken_constraint_is_the_error_that_sqlalchemy_raises(real_database: Database) -> None:
    row = {"enrollment_id": 77, "milestone_id": 1, "status": Status.DONE, "occurred_on": None, "known": True}
    with pytest.raises(IntegrityError), real_database.writing() as session:
        Prepared(insert(PROGRESS), COLUMNS).run(session.connection(), row)


def test_a_statement_that_cannot_run_is_the_error_that_sqlalchemy_raises(real_database: Database) -> None:
    with pytest.raises(DBAPIError, match="no_such_table"), real_database.reading() as session:
        Prepared(select(text("1")).select_from(text("no_such_table"))).rows(session.connection(), {})


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_connection_that_is_gone_is_unavailable_and_replaced(real_database: Database) -> None:
    other, asked = (
        Database(real_database.url.render_as_string(hide_password=False)),
        Prepared(select(User.id)),
    )
    with pytest.raises(DatabaseUnavailable), other.reading() as session:
        asked.rows(session.connection(), {})
        with real_database.reading() as elsewhere:
            elsewhere.execute(OTHERS_END)
        asked.rows(session.connection(), {})
    with other.asking() as connection:
        assert asked.rows(connection, {}) == []
    other.dispose()
