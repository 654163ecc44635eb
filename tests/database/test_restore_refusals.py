"""What keeps a backup or a restore from being done is told, and nothing changes."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text, update

from roadmap.db.backup_files import BackupProblem
from roadmap.db.backups import check_file, restore
from roadmap.db.database import Database
from roadmap.db.migrations import head, upgrade
from roadmap.db.server_locks import InUse, serving
from roadmap.db.table_copies import StoredTextProblem
from roadmap.domain.accounts.users import User
from tests.support.backups import back_up, contents
from tests.support.cast import add_user
from tests.support.fixtures.postgresql import new_postgresql_database

ONLY_SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_a_file_that_is_there_is_not_replaced(filled_database: Database, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("precious")
    with pytest.raises(BackupProblem, match="exists already"):
        back_up(filled_database, tmp_path / "backup")
    assert (tmp_path / "backup").read_text() == "precious"


@ONLY_SQLITE
def test_an_older_database_is_not_backed_up(empty_database: Database, tmp_path: Path) -> None:
    upgrade(empty_database, "0010")
    with pytest.raises(BackupProblem, match=r"older schema\. Back it up, then run: roadmap database upgrade"):
        back_up(empty_database, tmp_path / "backup")


@ONLY_SQLITE
def test_a_full_disk_leaves_no_file(filled_database: Database, tmp_path: Path) -> None:
    def advance(_: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(BackupProblem, match=r"cannot write .*: No space left on device"):
        back_up(filled_database, tmp_path / "backup", progress=lambda _: advance)
    assert list(tmp_path.iterdir()) == []


def damage(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * 4096 + content[12288:])


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20_000])


def change_a_row(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE users SET name = 'Eve'")


def change_revision(revision: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE manifest SET revision = ?, version = '9.9'", (revision,))

    return change


def make_foreign(path: Path) -> None:
    path.write_text("This is no database at all. " * 100)


def make_other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def point_nowhere(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE mails SET user_id = 999")


def leave_a_journal(path: Path) -> None:
    path.with_name("backup-wal").write_text("x")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (damage, "damaged"),
        (cut, "damaged"),
        (change_a_row, "differs from its manifest"),
        (point_nowhere, "some rows point to rows that are not there"),
        (change_revision("0010"), r"older schema \(0010\): restore it with Roadmap 9.9, .* then upgrade"),
        (change_revision("9999"), r"newer schema \(9999\): restore it with Roadmap 9.9, which made it$"),
        (make_foreign, "is not a backup of Roadmap"),
        (make_other_database, "is not a backup of Roadmap"),
        (leave_a_journal, "backup-wal lies beside the backup"),
        (Path.unlink, "does not exist"),
    ],
)
def test_a_file_that_is_no_good_is_refused_and_nothing_is_made(
    backup: Path, change: Callable[[Path], None], why: str, tmp_path: Path
) -> None:
    change(backup)
    with Database(f"sqlite:///{tmp_path}/target.sqlite3") as target:
        for refused in (lambda: check_file(backup), lambda: restore(target, backup)):
            with pytest.raises(BackupProblem, match=why):
                refused()
    assert not (tmp_path / "target.sqlite3").exists()


def test_a_database_with_people_is_not_replaced(real_database: Database, backup: Path) -> None:
    with real_database.writing() as session:
        add_user(session, "Otto")
        session.commit()
    before = contents(real_database)
    real_database.dispose()
    with pytest.raises(BackupProblem, match="is not empty: it has 1 accounts and 0 roadmaps"):
        restore(real_database, backup)
    assert contents(real_database) == before


def test_journals_of_the_target_are_refused(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "target.sqlite3-wal").touch()
    refused = pytest.raises(BackupProblem, match=r"target\.sqlite3-wal is there")
    with Database(f"sqlite:///{tmp_path}/target.sqlite3") as target, refused:
        restore(target, backup)


def test_a_running_server_is_refused(real_database: Database, backup: Path) -> None:
    other = Database(real_database.url.render_as_string(hide_password=False))
    with other, serving(other), other.reading() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(InUse, match="Roadmap is running: stop it"):
            restore(real_database, backup)


def test_a_server_that_is_idle_is_refused_too(real_database: Database, backup: Path) -> None:
    with serving(real_database), pytest.raises(InUse, match="Roadmap is running: stop it"):
        restore(real_database, backup)
    restore(real_database, backup)


def test_a_server_does_not_start_during_a_restore(real_database: Database, backup: Path) -> None:
    other = Database(real_database.url.render_as_string(hide_password=False))
    refused: list[str] = []

    def advance(_: int) -> None:
        if not refused:
            with pytest.raises(InUse) as caught, serving(other):
                pass
            refused.append(str(caught.value))

    with other:
        # The first rows are those of the file, which is checked before the database is touched.
        restore(real_database, backup, progress=lambda _: _after(60, advance))
        assert refused == ["a restore is running; start again when it is done"]
        with serving(other):
            pass


def _after(steps: int, advance: Callable[[int], None]) -> Callable[[int], None]:
    """A progress that calls `advance` only after so many steps."""
    count = iter(range(steps))

    def step(rows: int) -> None:
        if next(count, None) is None:
            advance(rows)

    return step


@ONLY_SQLITE
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a\0b", "name of row 1 in users contains a NUL or a lone surrogate, which PostgreSQL refuses"),
        ("x" * 101, "name of row 1 in users has 101 characters of 100 at most"),
    ],
)
def test_what_postgresql_refuses_is_named(
    filled_database: Database,
    name: str,
    why: str,
    tmp_path: Path,
    postgresql_address: str,
    postgresql_template: str,
) -> None:
    with filled_database.writing() as session:
        session.execute(update(User).values(name=name))
        session.commit()
    back_up(filled_database, tmp_path / "backup")
    with (
        new_postgresql_database(postgresql_address, postgresql_template) as url,
        Database(url) as target,
    ):
        before = contents(target)
        with pytest.raises(StoredTextProblem, match=why):
            restore(target, tmp_path / "backup")
        assert contents(target) == before


def test_the_manifest_names_this_software(backup: Path) -> None:
    manifest = check_file(backup)
    assert (manifest.version, manifest.revision) == ("1.2.3", head())
    assert manifest.made_at.startswith("2026-")


def test_an_error_of_a_server_is_not_taken_for_a_restore(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/roadmap.sqlite3")
    with database, pytest.raises(BlockingIOError), serving(database):
        raise BlockingIOError
