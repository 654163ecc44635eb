"""`roadmap check` names every fault of an installation."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from roadmap.bootstrap import load_content
from roadmap.cli.checks import environment
from roadmap.cli.checks.databases import has_wal_reset_bug
from roadmap.clock import now
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.operations.accounts.audits import record
from tests.support.cast import PASSWORD, add_user
from tests.support.command_line import Terminal
from tests.support.fixtures.postgresql import new_postgresql_database
from tests.support.outlines import add_roadmap, enroll


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory, installed_file: Path) -> Terminal:
    """What `serve` makes, and an account."""
    terminal = Terminal.installed(tmp_path_factory.mktemp("complete"), installed_file)
    assert terminal.run("user", "create", "lena@example.org", stdin=PASSWORD).exit_code == 0
    return terminal


@pytest.fixture
def terminal(complete: Terminal, tmp_path: Path) -> Terminal:
    return complete.copied_to(tmp_path / "data")


def database_of(terminal: Terminal) -> Database:
    return Database(f"sqlite:///{terminal.data}/roadmap.sqlite3")


def errors(terminal: Terminal) -> list[str]:
    """The faults that the command names; it exits with 1 where there are some."""
    done = terminal.run("check")
    lines = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert done.exit_code == bool(lines)
    return [line.removeprefix("Error: ") for line in lines]


def test_a_complete_installation_is_healthy(terminal: Terminal) -> None:
    done = terminal.run("check")
    assert (done.exit_code, done.stdout.count(": ok\n"), "Error" in done.stderr) == (0, 10, False)


def test_every_fault_is_named(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    (terminal.data / "secret-key").write_text("short")
    (terminal.data / "secret-key").chmod(0o644)
    with database_of(terminal) as database, database.writing() as session:
        record(session, AuditKind.SIGNED_IN, at=now() + timedelta(days=2))
        session.commit()
    terminal.environ |= {"ROADMAP_SMTP_URL": "smtp://127.0.0.1:1", "ROADMAP_MAIL_FROM": "a@example.org"}
    terminal.environ["ROADMAP_REDIS_URL"] = "redis://127.0.0.1:1/0"
    named = [error.partition(": ")[0] for error in errors(terminal)]
    assert named == ["secret key", "secret key", "clock", "mail server", "limits"]


def test_what_hangs_on_a_missing_folder_is_not_checked(tmp_path: Path) -> None:
    nowhere = Terminal(tmp_path / "nowhere")
    assert [error.partition(": ")[0] for error in errors(nowhere)] == ["data folder"]
    assert "rows: not checked\n" in nowhere.run("check").stdout


def test_a_record_that_differs_from_its_events_is_named_ten_times_at_most(terminal: Terminal) -> None:
    with database_of(terminal) as database, database.writing() as session:
        add_roadmap(session)
        for number in range(12):
            enroll(session, add_user(session, email=f"{number}@example.org"))
        session.execute(update(Enrollment).values(last_number=9))
        session.commit()
    named = errors(terminal)
    assert len(named) == 11
    assert named[0].startswith("record: in enrollment ")
    assert named[0].endswith("its last event differ from the events")
    assert named[-1] == "record: only the first 10 are shown"


def test_a_missing_temporary_folder_is_named(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    (error,) = errors(terminal)
    assert error.startswith("temporary folder: no temporary folder is writable")


@pytest.mark.parametrize(("kind", "names"), [("nfs4", ["disk"]), ("ext4", [])])
def test_a_network_file_system_is_named(
    terminal: Terminal, kind: str, names: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounts = tmp_path / "mounts"
    place = str(terminal.data.resolve()).replace(" ", "\\040")
    mounts.write_text(f"/dev/root / ext4 rw 0 0\nserver:/export {place} {kind} rw 0 0\n")
    monkeypatch.setattr(environment, "MOUNTS", mounts)
    assert [error.partition(": ")[0] for error in errors(terminal)] == names


def test_a_mount_may_have_any_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_bytes("a /médias/my\\040disk cifs rw 0 0\n".encode() + b"b /\xff ext4 rw 0 0\n")
    monkeypatch.setattr(environment, "MOUNTS", mounts)
    assert environment.file_system_of(Path("/médias/my disk/data")) == "cifs"


def test_a_file_address_is_on_the_file_system_of_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(environment, "file_system_of", {tmp_path: "nfs"}.get)
    config = Config(data=tmp_path, database_url=f"sqlite:///file:{tmp_path}/roadmap.sqlite3?uri=true")
    (fault,) = environment.disk_faults(config, Database(config))
    assert fault.startswith(f"{tmp_path} is on a network file system (nfs)")


def test_a_clock_that_differs_from_the_databases_is_named(
    postgresql_address: str, postgresql_template: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with new_postgresql_database(postgresql_address, postgresql_template) as url:
        environ = {"ROADMAP_DATABASE_URL": url, "ROADMAP_SECRET_KEY": "k" * 40}
        with Database(url) as database:
            load_content(database, at=now())
        assert errors(Terminal(tmp_path, environ)) == []
        monkeypatch.setattr("roadmap.cli.checks.databases.now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
        assert [error.partition(": ")[0] for error in errors(Terminal(tmp_path, environ))] == ["clock"]


@pytest.mark.parametrize(
    ("version", "is_affected"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((4, 0, 0), False),
    ],
)
def test_versions_with_the_wal_reset_bug(version: tuple[int, ...], *, is_affected: bool) -> None:
    assert has_wal_reset_bug(version) is is_affected


def test_a_version_with_the_bug_is_a_warning(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 40, 1))
    done = terminal.run("check")
    assert done.exit_code == 0
    assert "has the WAL-reset bug" in done.stderr
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 3))
    assert terminal.run("check").stderr == ""
