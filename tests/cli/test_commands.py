"""The command line as a whole, and its small commands."""

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from roadmap import cli
from roadmap.cli.output import report_errors
from roadmap.config import ConfigProblem
from roadmap.domain.errors import Conflict
from tests.support.command_line import Terminal
from tests.support.fixtures.instances import Instance

NewInstance = Callable[..., Instance]


HEAVY = ("alembic", "flask", "pydantic", "sqlalchemy", "waitress", "yaml")
WATCHED_HELP = f"""
import sys
from roadmap.cli import roadmap
roadmap(["--help"], standalone_mode=False)
print([name for name in {HEAVY} if name in sys.modules])
"""


def test_help_imports_nothing_heavy_and_so_answers_at_once() -> None:
    done = subprocess.run([sys.executable, "-c", WATCHED_HELP], capture_output=True, text=True, check=True)
    *said, imported = done.stdout.splitlines()
    assert imported == "[]"
    assert all(any(line.startswith(f"  {name} ") for line in said) for name in cli.COMMANDS)


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_is_there_under_its_name(name: str) -> None:
    module = import_module(f"roadmap.cli.{cli.COMMANDS[name][1]}")
    assert getattr(module, name).name == name
    assert getattr(module, name).help


def test_the_version_is_that_of_the_distribution(new_instance: NewInstance) -> None:
    assert new_instance().run("--version").stdout == f"roadmap, version {version('roadmap-tracker')}\n"


def test_an_unknown_command_is_misuse(new_instance: NewInstance) -> None:
    assert new_instance().run("sevre").returncode == 2


@pytest.mark.parametrize("error", [ConfigProblem("ROADMAP_X", "is wrong"), Conflict("Somebody was faster.")])
def test_an_expected_failure_is_one_line(error: Exception) -> None:
    with pytest.raises(click.ClickException, match=str(error)), report_errors():
        raise error


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_report_errors() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "roadmap", "config"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (
        1,
        "Error: the output cannot be written: No space left on device\n",
    )


def test_a_defect_is_not_dressed_up() -> None:
    with pytest.raises(ZeroDivisionError), report_errors():
        raise ZeroDivisionError


def test_config_shows_every_setting_without_secrets(tmp_path: Path) -> None:
    environ = {"ROADMAP_SECRET_KEY": "k" * 40, "ROADMAP_SIGN_UP": "closed"}
    done = Terminal(tmp_path / "data", environ).run("config", "--json")
    rows = {row["variable"]: row for row in json.loads(done.stdout)}
    assert rows["ROADMAP_SIGN_UP"]["value"] == "closed"
    assert rows["ROADMAP_SECRET_KEY"]["value"] == "(set)"
    assert "kkkk" not in done.stdout + done.stderr


def test_config_is_readable(tmp_path: Path) -> None:
    done = Terminal(tmp_path / "data").run("config")
    assert (
        "ROADMAP_TIME_ZONE=UTC\n    time zone for people who haven't set one\n    default: UTC\n"
        in done.stdout
    )


def test_config_names_a_bad_value(tmp_path: Path) -> None:
    done = Terminal(tmp_path / "data", {"ROADMAP_PROXIES": "many"}).run("config")
    assert (done.exit_code, done.stderr) == (1, "Error: ROADMAP_PROXIES: must be a number from 0 to 10\n")


def test_current_tells_that_a_new_database_is_empty(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "data")
    terminal.data.mkdir()
    assert terminal.run("database", "current").stdout == "- empty\n"


def test_upgrade_sets_a_new_database_up(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "data")
    assert terminal.run("database", "upgrade").exit_code == 0
    assert terminal.run("database", "current").stdout.endswith(" current\n")
