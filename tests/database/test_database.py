"""Sessions on a real database: who waits for whom, what is lost, what is refused."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from roadmap import database as room
from roadmap.database import Database, DatabaseUnavailable
from roadmap.domain.users import User
from tests.cast import NOON, add_user

ONLY_SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
ONLY_POSTGRESQL = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(User.name).order_by(User.id)))


def add_otto(database: Database) -> None:
    with database.writing() as session:
        add_user(session, "Otto")
        session.commit()


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
def test_sqlite_is_set_up_for_safety(real_database: Database) -> None:
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    with real_database.reading() as session:
        found = {name: session.scalars(text(f"PRAGMA {name}")).one() for name in expected}
    assert found == expected


@contextmanager
def _locked_by_another_process(database: Database) -> Iterator[None]:
    with closing(sqlite3.connect(str(database.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@ONLY_SQLITE
def test_a_lock_held_too_long_is_unavailable(
    real_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap.engines.LOCK_SECONDS", 0.1)
    impatient = Database(str(real_database.url))
    with _locked_by_another_process(real_database), pytest.raises(DatabaseUnavailable, match="locked"):
        add_otto(impatient)
    add_otto(impatient)
    impatient.dispose()


@ONLY_SQLITE
def test_a_queue_too_long_is_unavailable(real_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LOCK_SECONDS", 0.1)
    with real_database.writing(), pytest.raises(DatabaseUnavailable, match="busy"):
        add_otto(real_database)
    add_otto(real_database)


@ONLY_SQLITE
def test_a_full_disk_is_unavailable_and_reads_go_on(real_database: Database) -> None:
    with pytest.raises(DatabaseUnavailable, match="full"), real_database.writing() as session:
        session.execute(text("PRAGMA max_page_count = 1"))
        session.add_all([_large_user(number) for number in range(200)])
        session.flush()
    assert names(real_database) == []


def _large_user(number: int) -> User:
    return User(
        email=f"{number}@example.org",
        name="x" * 90,
        password_hash="y" * 250,
        time_zone="UTC",
        created_at=NOON,
    )


def test_a_database_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    nowhere = Database(f"sqlite:///{tmp_path}/missing/roadmap.sqlite3")
    with pytest.raises(DatabaseUnavailable, match="unable to open"):
        names(nowhere)


def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    nowhere = Database(f"postgresql://postgres@/roadmap?host={tmp_path}")
    with pytest.raises(DatabaseUnavailable):
        names(nowhere)


def test_a_defect_of_ours_is_not_called_unavailable(real_database: Database) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught, real_database.reading() as session:
        session.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(caught.value, DatabaseUnavailable)


def _drop_other_connections(database: Database) -> None:
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with database.engine.connect() as connection:
        connection.execute(text(f"{others} AND datname = current_database()"))


@ONLY_POSTGRESQL
def test_idle_connections_that_the_server_dropped_are_replaced(real_database: Database) -> None:
    other = Database(real_database.url.render_as_string(hide_password=False))
    assert names(other) == []
    _drop_other_connections(real_database)
    assert names(other) == []
    other.dispose()


@ONLY_POSTGRESQL
def test_a_connection_that_breaks_in_use_is_unavailable(real_database: Database) -> None:
    other = Database(real_database.url.render_as_string(hide_password=False))
    with pytest.raises(DatabaseUnavailable), other.writing() as session:
        add_user(session, "Otto")
        _drop_other_connections(real_database)
        session.commit()
    assert names(other) == []
    other.dispose()


@ONLY_POSTGRESQL
def test_a_row_locked_too_long_is_unavailable(real_database: Database) -> None:
    add_otto(real_database)
    with pytest.raises(DatabaseUnavailable, match="lock timeout"), real_database.writing() as first:
        first.scalars(select(User).with_for_update()).one()
        with real_database.writing() as second:
            second.execute(text("SET LOCAL lock_timeout = '50ms'"))
            second.scalars(select(User).with_for_update()).one()
