"""Sessions on a real database: who waits for whom, what is lost, what is refused."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from tests.support.cast import add_user
from tests.support.people import add_otto, names

ONLY_SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize(("setting", "value"), [("max_parallel_workers_per_gather", "0"), ("jit", "off")])
def test_no_request_starts_processes_of_postgresql_or_compiles(
    real_database: Database, setting: str, value: str
) -> None:
    with real_database.reading() as session:
        assert session.scalar(text(f"SHOW {setting}")) == value


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_postgresql_keeps_prepared_statements_from_one_session_to_the_next(real_database: Database) -> None:
    for _ in range(8):
        names(real_database)
    with real_database.reading() as session:
        prepared = session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("users" in statement for statement in prepared)


def test_a_commit_stays(real_database: Database) -> None:
    add_otto(real_database)
    assert names(real_database) == ["Otto"]


def test_leaving_without_a_commit_keeps_nothing(real_database: Database) -> None:
    with real_database.writing() as session:
        add_user(session, "Otto")
    assert names(real_database) == []


def test_an_error_keeps_nothing(real_database: Database) -> None:
    with pytest.raises(IntegrityError), real_database.writing() as session:
        add_user(session, "Otto")
        add_user(session, "Otto")
    assert names(real_database) == []


def test_objects_can_be_read_after_the_session_closed(real_database: Database) -> None:
    with real_database.writing() as session:
        otto = add_user(session, "Otto")
        session.commit()
    assert otto.name == "Otto"


def test_a_reading_session_refuses_new_objects(real_database: Database) -> None:
    with real_database.reading() as session, pytest.raises(RuntimeError, match="changes nothing"):
        add_user(session, "Otto")


def test_a_reading_session_refuses_statements_that_write(real_database: Database) -> None:
    with real_database.reading() as session, pytest.raises(RuntimeError, match="changes nothing"):
        session.execute(insert(User).values(name="Otto"))


def test_a_reading_session_sees_one_moment(real_database: Database) -> None:
    with real_database.reading() as session:
        assert session.scalars(select(User)).all() == []
        add_otto(real_database)
        assert session.scalars(select(User)).all() == []
    assert names(real_database) == ["Otto"]


def test_readers_go_on_while_somebody_writes(real_database: Database) -> None:
    with real_database.writing() as session:
        add_user(session, "Otto")
        assert names(real_database) == []


def _lengthen_name(database: Database) -> None:
    with database.writing() as session:
        user = session.scalars(select(User).with_for_update()).one()
        user.name += "o"
        session.commit()


def test_no_read_and_write_is_lost_among_threads(real_database: Database) -> None:
    add_otto(real_database)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_lengthen_name, [real_database] * 40))
    assert names(real_database) == ["Otto" + 40 * "o"]


@ONLY_SQLITE
def test_no_other_process_writes_between_a_read_and_its_write(real_database: Database) -> None:
    with (
        real_database.writing() as session,
        closing(sqlite3.connect(str(real_database.url.database), timeout=0)) as other,
    ):
        session.execute(select(User.name)).all()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


@ONLY_SQLITE
def test_sqlite_is_set_up_for_safety(real_database: Database) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    with real_database.reading() as session:
        found = {name: session.scalars(text(f"PRAGMA {name}")).one() for name in expected}
    assert found == expected
