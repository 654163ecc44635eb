"""What commands do where no installation is: most refuse and make nothing, some set one up."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from roadmap.bootstrap import BUILT_IN
from tests.support.cast import PASSWORD
from tests.support.command_line import Terminal
from tests.support.fixtures.postgresql import new_postgresql_database

ON_WHAT_IS_THERE = [
    ("catalog", "export", "ml-engineer"),
    ("catalog", "list"),
    ("check",),
    ("database", "current"),
    ("mail",),
    ("outbox",),
    ("report", "lena@example.org", "--roadmap", "x", "--format", "md", "-o", "-"),
    ("user", "delete", "lena@example.org"),
    ("user", "list"),
    ("user", "password", "lena@example.org"),
]


@pytest.fixture
def nowhere(tmp_path: Path) -> Terminal:
    """Somebody who mistyped the data folder."""
    return Terminal(tmp_path / "raodmap")


@pytest.mark.parametrize("command", ON_WHAT_IS_THERE, ids=" ".join)
def test_without_an_installation_it_is_refused_and_none_is_made(
    nowhere: Terminal, command: tuple[str, ...]
) -> None:
    done = nowhere.run(*command)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert f"{nowhere.data}" in done.stderr
    assert "with roadmap serve" in done.stderr
    assert not nowhere.data.exists()


@pytest.mark.parametrize("command", [("check",), ("database", "current"), ("user", "list")], ids=" ".join)
def test_an_empty_folder_stays_empty(tmp_path: Path, command: tuple[str, ...]) -> None:
    assert "Traceback" not in Terminal(tmp_path).run(*command).output
    assert list(tmp_path.iterdir()) == []


def test_the_setting_that_says_where_to_look_is_named(tmp_path: Path) -> None:
    for environ in ({}, {"ROADMAP_DATABASE_URL": f"sqlite:///{tmp_path}/other.sqlite3"}):
        said = Terminal(tmp_path, environ).run("user", "list").stderr
        assert f"Set {[*environ, 'ROADMAP_DATA'][0]} to look elsewhere" in said


def test_a_database_without_tables_is_not_set_up_by_asking(tmp_path: Path) -> None:
    (tmp_path / "roadmap.sqlite3").touch()
    done = Terminal(tmp_path).run("user", "list")
    assert done.stderr == "Error: The database has an empty schema. roadmap serve sets it up.\n"
    with closing(sqlite3.connect(tmp_path / "roadmap.sqlite3")) as found:
        assert found.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_neither_is_one_of_postgresql(nowhere: Terminal, postgresql_address: str) -> None:
    with new_postgresql_database(postgresql_address) as url:
        nowhere.environ["ROADMAP_DATABASE_URL"] = url
        assert "The database has an empty schema" in nowhere.run("user", "list").stderr
        assert nowhere.run("database", "current").stdout == "- empty\n"
    assert not nowhere.data.exists()


@pytest.mark.parametrize(
    ("command", "stdin"),
    [
        (("user", "create", "lena@example.org"), PASSWORD),
        (("catalog", "import", "-"), BUILT_IN.read_text(encoding="utf-8").replace("ml-engineer", "copy", 1)),
    ],
)
def test_what_brings_something_sets_an_installation_up(
    nowhere: Terminal, command: tuple[str, ...], stdin: str
) -> None:
    assert nowhere.run(*command, stdin=stdin).exit_code == 0
    assert {"roadmap.sqlite3", "secret-key"} <= {each.name for each in nowhere.data.iterdir()}


def test_asking_needs_no_secret_key_and_makes_none(nowhere: Terminal) -> None:
    nowhere.run("user", "create", "lena@example.org", stdin=PASSWORD)
    (nowhere.data / "secret-key").unlink()
    assert "lena@example.org" in nowhere.run("user", "list").stdout
    assert not (nowhere.data / "secret-key").exists()
