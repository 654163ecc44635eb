"""What `roadmap serve` refuses: exit code 1, one clear line on standard error, no traceback."""

import importlib.util
import logging
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from roadmap.cli import roadmap
from roadmap.db.database import Database
from roadmap.db.migrations import Schema, downgrade, migration_connection, schema_of
from tests.support.fixtures.postgresql import new_postgresql_database


@pytest.fixture(autouse=True)
def own_logs() -> Iterator[None]:
    """The command sets the log up for a process of its own; this one belongs to the tests."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def serve(data: Path, *options: str, **environ: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        roadmap, ["serve", *options], env={"ROADMAP_DATA": str(data), **environ}, catch_exceptions=False
    )
    return done.exit_code, done.stderr


def refused(data: Path, *options: str, **environ: str) -> str:
    code, said = serve(data, *(options or ("--port", "0")), **environ)
    assert (code, said.count("\n")) == (1, 1)
    return said


@pytest.fixture
def installed(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """A SQLite database with the present schema in a data folder."""
    with Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'roadmap.sqlite3')}") as database:
        yield database


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "ROADMAP_DATA: cannot write to" in refused(tmp_path / "file" / "data")


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = refused(tmp_path, "--port", port)
        assert f"cannot listen on 127.0.0.1 port {port}" in said
        assert "another one with --port" in said


def test_a_host_that_is_not_here(tmp_path: Path) -> None:
    said = refused(tmp_path, "--host", "192.0.2.1", "--port", "0")
    assert "cannot listen on 192.0.2.1" in said
    assert "another one with --host" in said


def test_a_host_that_nobody_knows(tmp_path: Path) -> None:
    assert "another one with --host" in refused(tmp_path, "--host", "no.such.invalid", "--port", "0")


def test_a_bad_setting_is_named_with_what_it_must_be(tmp_path: Path) -> None:
    assert "ROADMAP_SIGN_UP: must be" in refused(tmp_path, ROADMAP_SIGN_UP="all")


def test_a_database_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    url = "sqlite:////nowhere/roadmap.sqlite3"
    assert f"unable to open database file ({url})" in refused(tmp_path, ROADMAP_DATABASE_URL=url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "roadmap.sqlite3").write_bytes(b"this is a letter to my aunt, " * 40)
    assert "not a database" in refused(tmp_path)


def test_a_database_that_another_program_has_locked_is_refused(
    installed: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap.db.engines.LOCK_SECONDS", 0.1)
    with closing(sqlite3.connect(tmp_path / "roadmap.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "database is locked" in refused(tmp_path)


def test_a_server_that_is_not_there_is_refused(tmp_path: Path) -> None:
    url = "postgresql://u:hush@127.0.0.1:1/roadmap"
    assert "hush" not in refused(tmp_path, ROADMAP_DATABASE_URL=url)


def test_a_newer_schema_is_refused_by_its_number(installed: Database, tmp_path: Path) -> None:
    with migration_connection(installed) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert "doesn't know (9999)" in refused(tmp_path)


def test_tables_of_something_else_are_refused(installed: Database, tmp_path: Path) -> None:
    with migration_connection(installed) as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    assert "tables from another application" in refused(tmp_path)


def test_an_older_postgresql_schema_is_refused(
    tmp_path: Path, postgresql_address: str, postgresql_template: str
) -> None:
    with new_postgresql_database(postgresql_address, postgresql_template) as url:
        database = Database(url)
        downgrade(database, "-1")
        database.dispose()
        assert "run: roadmap database upgrade" in refused(tmp_path, ROADMAP_DATABASE_URL=url)


@pytest.mark.parametrize("command", [("check",), ("user", "list")])
def test_other_commands_say_what_to_do_about_an_older_schema(
    installed: Database, tmp_path: Path, command: tuple[str, ...]
) -> None:
    downgrade(installed, "-1")
    said = CliRunner().invoke(roadmap, command, env={"ROADMAP_DATA": str(tmp_path)})
    assert (said.exit_code, "run: roadmap database upgrade" in said.stderr) == (1, True)


def test_an_upgrade_that_cannot_be_backed_up_is_not_made(installed: Database, tmp_path: Path) -> None:
    downgrade(installed, "-1")
    (tmp_path / "backups").touch()
    assert "Not upgraded: cannot back up to" in refused(tmp_path)
    assert schema_of(installed) is Schema.OLDER


def damage(database: Database, file: Path, *, table: str) -> None:
    """Overwrite the page where a table begins."""
    with database.reading() as session:
        page = session.scalar(
            text("SELECT rootpage FROM sqlite_master WHERE name = :table"), {"table": table}
        )
    database.dispose()
    with file.open("r+b") as content:
        content.seek((page - 1) * 4096)
        content.write(b"\xff" * 4096)


def test_half_a_backup_does_not_stay(installed: Database, tmp_path: Path) -> None:
    downgrade(installed, "-1")
    damage(installed, tmp_path / "roadmap.sqlite3", table="roadmaps")
    assert "malformed" in refused(tmp_path)
    assert list((tmp_path / "backups").iterdir()) == []


def test_check_tells_a_file_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = CliRunner().invoke(roadmap, ["check"], env={"ROADMAP_DATA": str(tmp_path / "file")})
    assert "is a file; set ROADMAP_DATA to a folder" in said.stderr


def test_several_workers_on_sqlite_are_misuse(tmp_path: Path) -> None:
    code, said = serve(tmp_path, "--workers", "2")
    assert (code, "needs PostgreSQL" in said) == (2, True)


def without(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make as if a package were not installed."""
    found = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == package else found(name))


def test_postgresql_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without("psycopg", monkeypatch)
    assert "extra 'postgresql'" in refused(tmp_path, ROADMAP_DATABASE_URL="postgresql:///roadmap")


def test_redis_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    assert "extra 'redis'" in refused(tmp_path, ROADMAP_REDIS_URL="valkey://127.0.0.1/0")


def test_several_workers_without_gunicorn_are_misuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without("gunicorn", monkeypatch)
    code, said = serve(tmp_path, "--workers", "2", ROADMAP_DATABASE_URL="postgresql:///roadmap")
    assert (code, "extra 'workers'" in said) == (2, True)


def test_a_port_that_is_no_port_is_misuse(tmp_path: Path) -> None:
    assert serve(tmp_path, "--port", "70000")[0] == 2
