"""`roadmap mail` and `roadmap outbox`."""

from pathlib import Path

import pytest

from tests.support.cast import PASSWORD
from tests.support.command_line import Terminal
from tests.support.fixtures.mails import MailServer


@pytest.fixture(scope="module")
def waiting_mail(tmp_path_factory: pytest.TempPathFactory, installed_file: Path) -> Terminal:
    made = Terminal.installed(tmp_path_factory.mktemp("waiting"), installed_file)
    made.environ["ROADMAP_BASE_URL"] = "https://roadmap.example.org"
    made.run("user", "create", "lena@example.org", stdin=PASSWORD)
    made.run("user", "password", "lena@example.org", stdin="an otter under the old bridge")
    return made


@pytest.fixture
def terminal(waiting_mail: Terminal, tmp_path: Path) -> Terminal:
    """An installation in which one mail waits."""
    return waiting_mail.copied_to(tmp_path)


def sends_by(terminal: Terminal, url: str) -> None:
    terminal.environ |= {"ROADMAP_SMTP_URL": url, "ROADMAP_MAIL_FROM": "roadmap@example.org"}


def test_the_outbox_shows_waiting_mail_with_its_links(terminal: Terminal) -> None:
    said = terminal.run("outbox").stdout
    assert "To lena@example.org: Your Roadmap password was changed" in said
    assert "https://roadmap.example.org/password/forgotten" in said
    assert "https://roadmap.example.org/password/forgotten" in str(terminal.rows("outbox")[0]["body"])


def test_mail_sends_what_waits_and_a_second_run_sends_nothing(
    terminal: Terminal, mail_server: MailServer
) -> None:
    sends_by(terminal, mail_server.url)
    assert terminal.run("mail").stdout == "1 sent, 0 postponed, 0 failed\n"
    assert terminal.run("mail").stdout == "0 sent, 0 postponed, 0 failed\n"
    assert len(mail_server.messages) == 1
    assert terminal.rows("outbox") == []


def test_a_failure_is_told_and_is_exit_code_1(terminal: Terminal, mail_server: MailServer) -> None:
    sends_by(terminal, mail_server.url)
    mail_server.refuses.add("lena@example.org")
    done = terminal.run("mail")
    assert (done.exit_code, done.stdout) == (1, "0 sent, 0 postponed, 1 failed\n")


def test_mail_needs_a_server(terminal: Terminal) -> None:
    done = terminal.run("mail")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "ROADMAP_SMTP_URL is not set" in done.stderr


def test_a_server_that_does_not_answer_is_named(terminal: Terminal) -> None:
    sends_by(terminal, "smtp://127.0.0.1:1")
    done = terminal.run("mail")
    assert done.exit_code == 1
    assert "the mail server cannot be used: [Errno 111]" in done.stderr


def test_all_that_is_due_goes_in_one_run(
    terminal: Terminal, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap.operations.mails.BATCH", 1)
    terminal.run("user", "password", "lena@example.org", stdin="a heron under the old bridge")
    sends_by(terminal, mail_server.url)
    assert terminal.run("mail").stdout == "2 sent, 0 postponed, 0 failed\n"


@pytest.mark.parametrize(
    ("url", "says"), [("smtp://127.0.0.1:1", "mail server: [Errno 111]"), ("", "mail server: ok")]
)
def test_check_asks_the_mail_server(terminal: Terminal, mail_server: MailServer, url: str, says: str) -> None:
    sends_by(terminal, url or mail_server.url)
    done = terminal.run("check")
    assert says in done.output
