"""What a mail server refuses: some of it is about the recipient, some of it about ourselves."""

from email.message import EmailMessage

import pytest

from roadmap.mail.smtp import PermanentFailure, TemporaryFailure, deliver, smtp_client
from tests.support.fixtures.mails import MailServer


def message() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Roadmap <roadmap@example.org>", "lena@example.org"
    made.set_content("Hello")
    return made


def error(server: MailServer, command: str, answer: str, monkeypatch: pytest.MonkeyPatch) -> Exception:
    """What is raised where the server answers a command with this."""

    async def refuse(*_: object) -> str:
        return answer

    monkeypatch.setattr(MailServer, f"handle_{command}", refuse, raising=False)
    with pytest.raises((TemporaryFailure, PermanentFailure)) as raised, smtp_client(server.url) as client:
        deliver(client, message())
    return raised.value


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("MAIL", "530 5.7.0 Authentication required"),
        ("MAIL", "553 sender is not owned by you"),
        ("RCPT", "554 5.7.1 Relay access denied"),
        ("RCPT", "451 greylisted"),
        ("DATA", "451 try again later"),
    ],
)
def test_what_the_settings_or_time_can_mend_is_tried_again(
    mail_server: MailServer, command: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = error(mail_server, command, answer, monkeypatch)
    assert (type(refused), str(refused)) == (TemporaryFailure, answer)


@pytest.mark.parametrize(("command", "answer"), [("RCPT", "550 5.1.1 no such user"), ("DATA", "554 no spam")])
def test_what_the_recipient_will_never_take_is_not(
    mail_server: MailServer, command: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = error(mail_server, command, answer, monkeypatch)
    assert (type(refused), str(refused)) == (PermanentFailure, answer)
