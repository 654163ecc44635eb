"""`roadmap user`: accounts from the command line."""

import json
from pathlib import Path

import pytest

from tests.support.cast import PASSWORD
from tests.support.command_line import Terminal


@pytest.fixture(scope="module")
def first_account(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Terminal:
    made = Terminal.installed(tmp_path_factory.mktemp("first"), sqlite_template)
    done = made.run("user", "create", "Lena@Example.org", "--name", "Lena", stdin=PASSWORD + "\n")
    assert (done.exit_code, done.stdout) == (0, "lena@example.org has an account and is an administrator\n")
    return made


@pytest.fixture
def terminal(first_account: Terminal, tmp_path: Path) -> Terminal:
    """An installation that was never started, with Lena as its first account."""
    return first_account.copied_to(tmp_path)


def test_accounts_are_made_listed_changed_and_deleted(terminal: Terminal) -> None:
    assert terminal.run("user", "create", "otto@example.org", stdin=PASSWORD).exit_code == 0
    assert terminal.run("user", "make-admin", "otto@example.org").exit_code == 0
    assert terminal.run("user", "disable", "lena@example.org").exit_code == 0
    rows = {str(row["email"]): row for row in terminal.rows("user", "list")}
    assert (rows["otto@example.org"]["is_admin"], rows["lena@example.org"]["is_disabled"]) == (True, True)
    assert terminal.run("user", "enable", "lena@example.org").exit_code == 0
    assert terminal.run("user", "delete", "lena@example.org").exit_code == 0
    assert [row["email"] for row in terminal.rows("user", "list")] == ["otto@example.org"]


def test_a_mentor_is_approved_and_the_approval_taken_back(terminal: Terminal) -> None:
    done = terminal.run("user", "approve-mentor", "Lena@example.org")
    assert (done.exit_code, done.stdout) == (0, "lena@example.org is approved as a mentor\n")
    assert [row["is_approved_mentor"] for row in terminal.rows("user", "list")] == [True]
    done = terminal.run("user", "approve-mentor", "lena@example.org", "--revoke")
    assert (done.exit_code, done.stdout) == (0, "lena@example.org is no longer approved as a mentor\n")
    assert [row["is_approved_mentor"] for row in terminal.rows("user", "list")] == [False]
    assert terminal.run("user", "approve-mentor", "nobody@example.org").exit_code == 1


def test_a_list_for_people_names_every_account(terminal: Terminal) -> None:
    assert "lena@example.org  Lena" in terminal.run("user", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "stdin", "reason"),
    [
        (("create", "otto@example.org"), "short", "at least 15 characters"),
        (("create", "otto@example.org"), "", "at least 15 characters"),
        (("create", "otto"), PASSWORD, "@-sign"),
        (("create", "lena@example.org"), PASSWORD, "already an account with this address"),
        (
            ("create", "otto@example.org", "--name", "O" * 101),
            PASSWORD,
            "The name is too long: 101 characters. The limit is 100.",
        ),
        (("create", "otto@example.org", "--name", "O\nO"), PASSWORD, "line breaks"),
        (("create", "otto@example.org", "--time-zone", "Mars"), PASSWORD, "time zone"),
        (("password", "nobody@example.org"), PASSWORD, "No account has the address"),
        (("delete", "lena@example.org"), "", "last administrator"),
        (("disable", "lena@example.org"), "", "last administrator"),
    ],
)
def test_a_refusal_is_one_line_and_exit_code_1(
    terminal: Terminal, arguments: tuple[str, ...], stdin: str, reason: str
) -> None:
    done = terminal.run("user", *arguments, stdin=stdin)
    assert (done.exit_code, done.stdout) == (1, "")
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_password_is_set_and_a_notice_waits_without_it(terminal: Terminal) -> None:
    new = "an otter under the old bridge"
    assert terminal.run("user", "password", "lena@example.org", stdin=new).exit_code == 0
    [row] = terminal.rows("outbox")
    assert row["recipient"] == "lena@example.org"
    assert "otter" not in json.dumps(row)


def test_misuse_is_exit_code_2(terminal: Terminal) -> None:
    assert terminal.run("user", "create").exit_code == 2


@pytest.mark.parametrize(("answer", "left"), [("n\n", 2), ("y\n", 1)])
def test_somebody_at_a_terminal_is_asked_before_an_account_goes(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, answer: str, left: int
) -> None:
    terminal.run("user", "create", "otto@example.org", stdin=PASSWORD)
    with monkeypatch.context() as at_a_terminal:
        at_a_terminal.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
        done = terminal.run("user", "delete", "otto@example.org", stdin=answer)
    assert "Permanently delete otto@example.org" in done.stderr
    assert len(terminal.rows("user", "list")) == left
