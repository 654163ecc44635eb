"""When the database is gone, full, or locked for too long, the answer says so; for a bug it does not."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select, text

from roadmap.db import database as database_module
from roadmap.db.database import Database
from roadmap.db.errors import Cause, DatabaseUnavailable
from roadmap.domain.accounts.users import User
from tests.support.cast import NOON, add_user
from tests.support.fixtures.postgresql import new_postgresql_database
from tests.support.people import add_otto, names

ONLY_SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
ONLY_POSTGRESQL = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


@contextmanager
def _locked_by_another_process(database: Database) -> Iterator[None]:
    with closing(sqlite3.connect(str(database.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@ONLY_SQLITE
def test_a_lock_held_too_long_is_unavailable(
    real_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap.db.engines.LOCK_SECONDS", 0.1)
    impatient = Database(str(real_database.url))
    with _locked_by_another_process(real_database), pytest.raises(DatabaseUnavailable, match="locked"):
        add_otto(impatient)
    add_otto(impatient)
    impatient.dispose()


@ONLY_SQLITE
def test_a_queue_too_long_is_unavailable(real_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "LOCK_SECONDS", 0.1)
    with real_database.writing(), pytest.raises(DatabaseUnavailable, match="busy"):
        add_otto(real_database)
    add_otto(real_database)


@ONLY_SQLITE
def test_a_full_disk_is_unavailable_and_reads_go_on(real_database: Database) -> None:
    with pytest.raises(DatabaseUnavailable, match="full") as refused, real_database.writing() as session:
        session.execute(text("PRAGMA max_page_count = 1"))
        session.add_all([_large_user(number) for number in range(200)])
        session.flush()
    assert refused.value.cause is Cause.FULL
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


def test_a_write_that_does_not_wait_gives_up_at_once(real_database: Database) -> None:
    add_otto(real_database)
    other = Database(real_database.url.render_as_string(hide_password=False))
    started_at = time.monotonic()
    with real_database.writing() as first:
        first.scalars(select(User).with_for_update()).one()
        with pytest.raises(DatabaseUnavailable) as refused, other.writing(waits=False) as second:
            second.scalars(select(User).with_for_update()).one()
    assert refused.value.cause is Cause.BUSY
    assert time.monotonic() - started_at < 5
    with other.writing(waits=False) as session:
        assert session.scalars(select(User).with_for_update()).one().name
    other.dispose()


@ONLY_SQLITE
def test_a_write_that_does_not_wait_gives_up_on_other_processes_too(real_database: Database) -> None:
    started_at = time.monotonic()
    refused = pytest.raises(DatabaseUnavailable, match="locked")
    with (
        _locked_by_another_process(real_database),
        refused,
        real_database.writing(waits=False) as session,
    ):
        session.execute(text("SELECT 1"))
    assert time.monotonic() - started_at < 5


@ONLY_SQLITE
def test_deleted_text_is_overwritten_in_the_file(real_database: Database) -> None:
    with real_database.reading() as session:
        assert session.scalar(text("PRAGMA secure_delete")) == 1


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_without_utf8_is_refused(postgresql_address: str, encoding: str) -> None:
    kind = f"template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'"
    with (
        new_postgresql_database(postgresql_address, kind) as address,
        Database(address) as database,
        pytest.raises(DatabaseUnavailable, match=f"encoding {encoding}.*UTF8"),
    ):
        names(database)
