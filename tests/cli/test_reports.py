"""`roadmap report`: a report as a file from the command line."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from roadmap.cli import roadmap
from roadmap.config import Config
from roadmap.db.database import Database
from tests.support.cast import PASSWORD
from tests.support.command_line import Terminal

LENA = ("report", "lena@example.org", "--roadmap", "ml-engineer")

NEEDLESS = ("alembic", "flask", "jinja2", "mako", "pydantic", "segno", "waitress", "xlsxwriter", "yaml")
WATCHED_PDF = f"""
import sys
import threading
from roadmap.cli import roadmap
roadmap({[*LENA, "--format", "pdf", "-o", os.devnull]}, standalone_mode=False)
print([name for name in {NEEDLESS} if name in sys.modules], "typst" in sys.modules, threading.active_count())
"""


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory: pytest.TempPathFactory, installed_file: Path) -> Terminal:
    """An installation that nobody serves, with Lena on the built-in roadmap."""
    from roadmap.clock import now
    from roadmap.domain.learning.enrollments import Settings
    from roadmap.operations.accounts.users import find_user_by_address
    from roadmap.operations.learning.enrollments import start_enrollment

    terminal = Terminal.installed(tmp_path_factory.mktemp("installation"), installed_file)
    made = terminal.run("user", "create", "lena@example.org", "--name", "Lena", stdin=f"{PASSWORD}\n")
    assert made.exit_code == 0, made.stderr
    environ = {"ROADMAP_DATA": str(terminal.data)}
    with Database(Config.from_environ(environ)) as database, database.writing() as session:
        lena = find_user_by_address(session, "lena@example.org")
        start_enrollment(session, "ml-engineer", Settings((), 6.0, date(2200, 1, 1)), by=lena, at=now())
        session.commit()
    return terminal


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("pdf", b"%PDF-"),
        ("csv", b"\xef\xbb\xbfkey,"),
        ("xlsx", b"PK"),
        ("md", b"# "),
        ("html", b"<!doctype html>"),
        ("ics", b"BEGIN:VCALENDAR"),
    ],
)
def test_each_format_becomes_a_file(enrolled: Terminal, tmp_path: Path, name: str, start: bytes) -> None:
    file = tmp_path / f"report.{name}"
    done = enrolled.run(*LENA, "--format", name, "-o", str(file))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    assert file.read_bytes().startswith(start)


@pytest.mark.slow
def test_a_pdf_takes_no_memory_for_what_it_does_not_need(enrolled: Terminal) -> None:
    environ = {**os.environ, "ROADMAP_DATA": str(enrolled.data)}
    command = [sys.executable, "-c", WATCHED_PDF]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout == "[] True 1\n"


def test_a_full_disk_is_told_in_one_line(enrolled: Terminal) -> None:
    done = enrolled.run(*LENA, "--format", "md", "-o", "/dev/full")
    assert done.exit_code == 1
    assert done.stderr == "Error: /dev/full cannot be written: No space left on device.\n"


def test_only_some_milestones_are_listed_where_that_is_asked_for(enrolled: Terminal) -> None:
    found = {
        only: enrolled.run(*LENA, "--format", "json", "--only", only, "-o", "-") for only in ("done", "all")
    }
    assert [json.loads(done.stdout)["only"] for done in found.values()] == ["done", "all"]
    assert len(json.loads(found["all"].stdout)["milestones"]) > 100


def test_a_dash_is_standard_output(enrolled: Terminal) -> None:
    done = enrolled.run(*LENA, "--format", "json", "-o", "-")
    assert json.loads(done.stdout)["person"] == "Lena"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("report", "otto@example.org", "--roadmap", "x", "--format", "md"), "No account has the address"),
        (("report", "lena@example.org", "--roadmap", "x", "--format", "md"), "is not on a roadmap named x"),
        ((*LENA, "--format", "md", "--as-of", "2999-01-01"), "is in the future"),
        ((*LENA, "--format", "ics", "--as-of", "1999-01-01"), "Nothing was recorded before"),
        ((*LENA, "--format", "pdf", "--as-of", "1999-01-01"), "Nothing was recorded before"),
        ((*LENA, "--format", "csv", "--since", "2999-01-01"), "“Since” is after “as of”"),
        ((*LENA, "--format", "json", "--since", "1999-01-01"), "Nothing was recorded before"),
    ],
)
def test_what_makes_no_report_is_told_and_leaves_no_file(
    enrolled: Terminal, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    file = tmp_path / "report"
    done = enrolled.run(*arguments, "-o", str(file))
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert told in done.stderr
    assert not file.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--format", "ics", "--since", "2026-01-01"), 2, "--since"),
        (("--format", "ics", "--only", "done"), 2, "--only"),
        (("--format", "pdf", "--only", "best"), 2, "--only"),
        (("--format", "doc"), 2, "--format"),
    ],
)
def test_misuse_is_told_before_anything_is_opened(arguments: tuple[str, ...], code: int, told: str) -> None:
    done = CliRunner().invoke(roadmap, [*LENA, *arguments, "-o", "-"])
    assert (done.exit_code, done.stdout) == (code, "")
    assert told in done.stderr


@pytest.mark.parametrize("option", ["--as-of", "--since"])
@pytest.mark.parametrize("typed", ["2026-13-01", "yesterday", "", "2026-03-01\n"])
def test_what_is_no_day_is_told_in_one_line_that_names_the_option(option: str, typed: str) -> None:
    done = CliRunner().invoke(roadmap, [*LENA, "--format", "md", option, typed, "-o", "-"])
    told = f"Error: {option}: {typed!r} is not a date. Write it as year-month-day, such as 2026-03-31.\n"
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", told)


def test_a_file_that_cannot_be_written_is_one_line(enrolled: Terminal, tmp_path: Path) -> None:
    done = enrolled.run(*LENA, "--format", "csv", "-o", str(tmp_path / "missing" / "report.csv"))
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
