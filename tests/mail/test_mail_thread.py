"""The thread that sends mail: beside others, through failures, and without a mail server."""

import threading
from datetime import UTC, datetime

import pytest

from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.mail import sending
from roadmap.mail.sending import run_mail_thread
from roadmap.operations.mails import Text, write_mail
from tests.support.fixtures.mails import MailServer

HELLO = Text("Hello", "Hello Lena,\n")


def test_two_threads_send_each_mail_once(
    real_database: Database, mailing_config: Config, mail_server: MailServer
) -> None:
    with real_database.writing() as session:
        for number in range(8):
            write_mail(session, HELLO, to=f"p{number}@example.org", at=datetime.now(UTC))
        session.commit()
    stop = threading.Event()
    threads = [
        threading.Thread(target=run_mail_thread, args=(real_database, mailing_config, stop)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    mail_server.wait_for(8)
    stop.set()
    for thread in threads:
        thread.join(10)
    assert sorted(str(each["To"]) for each in mail_server.messages) == [f"p{n}@example.org" for n in range(8)]


def test_the_thread_outlives_a_failure(
    real_database: Database,
    mailing_config: Config,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop, calls = threading.Event(), []

    def fail(*_: object, **__: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            stop.set()
        raise ZeroDivisionError

    monkeypatch.setattr(sending, "send_due", fail)
    monkeypatch.setattr(sending, "MAX_WAIT_SECONDS", 0.01)
    run_mail_thread(real_database, mailing_config, stop)
    assert len(calls) == 2
    assert "the mail thread continues after an error" in caplog.text


def test_without_a_mail_server_mail_waits(
    real_database: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    monkeypatch.setattr(sending, "send_due", lambda *_, **__: pytest.fail("sent"))
    threading.Timer(0.2, stop.set).start()
    run_mail_thread(real_database, config, stop)
