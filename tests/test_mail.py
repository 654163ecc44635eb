"""The outbox is sent by real SMTP: once, marked before, erased after."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap import mail
from roadmap.config import Config
from roadmap.database import Database
from roadmap.domain.mails import Mail
from roadmap.mail import Round, ServerUnreachable, run_mail_thread, send_due
from roadmap.operations.mail_texts import Text
from roadmap.operations.mails import write_mail
from tests.cast import add_user
from tests.fixtures.mails import MailServer

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HELLO = Text("Grüße", "Hello Lena,\n\nhttp://localhost/x\n.\nüber\n")


@pytest.fixture
def settings(config: Config, mail_server: MailServer) -> Config:
    return replace(config, smtp_url=mail_server.url, mail_from="Roadmap <roadmap@example.org>")


def put(session: Session, to: str = "lena@example.org", **more: object) -> Mail:
    write_mail(session, HELLO, to=to, at=NOW, **more)
    session.commit()
    return session.scalars(select(Mail).order_by(Mail.id.desc())).first()


def send(database: Database, settings: Config, *, at: datetime = NOW, holder: str = "here") -> Round:
    with time_machine.travel(at, tick=False):
        return send_due(database, settings, holder=holder)


def test_a_mail_arrives_whole(
    database: Database, session: Session, settings: Config, mail_server: MailServer
) -> None:
    put(session)
    assert send(database, settings) == Round(sent=1)
    [message] = mail_server.messages
    assert (message["To"], message["From"]) == ("lena@example.org", "Roadmap <roadmap@example.org>")
    assert (message["Subject"], message["Auto-Submitted"]) == ("Grüße", "auto-generated")
    assert message.get_content().replace("\r\n", "\n") == HELLO.body


def test_the_text_is_erased_once_it_is_sent(database: Database, session: Session, settings: Config) -> None:
    row = put(session)
    send(database, settings)
    session.refresh(row)
    assert (row.body, row.sent_at) == (None, NOW)


def test_a_second_run_sends_nothing(
    database: Database, session: Session, settings: Config, mail_server: MailServer
) -> None:
    put(session)
    assert [send(database, settings), send(database, settings, holder="there")] == [Round(sent=1), Round()]
    assert len(mail_server.messages) == 1


def test_a_row_is_marked_before_it_is_handed_over(
    database: Database, session: Session, settings: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, marked = put(session), []

    def look(*_: object) -> None:
        session.refresh(row)
        marked.append(row.started_at)

    monkeypatch.setattr(mail, "hand_over", look)
    send(database, settings)
    assert marked == [NOW]


def test_a_mail_that_was_interrupted_is_not_sent_again(
    database: Database, session: Session, settings: Config, mail_server: MailServer
) -> None:
    put(session).started_at = NOW
    session.commit()
    assert send(database, settings, at=NOW + timedelta(hours=5)) == Round()


def test_a_refused_address_fails_and_the_next_mail_still_goes(
    database: Database, session: Session, settings: Config, mail_server: MailServer
) -> None:
    mail_server.refuses.add("gone@example.org")
    row = put(session, to="gone@example.org")
    put(session)
    assert send(database, settings) == Round(sent=1, failed=1)
    session.refresh(row)
    assert (row.body, row.failure) == (None, "550 nobody here has that name")


def test_a_server_that_is_busy_is_asked_again_later(
    database: Database,
    session: Session,
    settings: Config,
    mail_server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def busy(*_: object) -> str:
        return "451 try again later"

    row = put(session)
    monkeypatch.setattr(MailServer, "handle_DATA", busy)
    assert send(database, settings) == Round(postponed=1)
    monkeypatch.undo()
    session.refresh(row)
    assert (row.due_at, row.started_at) == (NOW + timedelta(minutes=1), None)
    assert send(database, settings) == Round()
    assert send(database, settings, at=row.due_at) == Round(sent=1)


def test_a_server_that_is_gone_leaves_everything_waiting(
    database: Database, session: Session, settings: Config
) -> None:
    row = put(session)
    with pytest.raises(ServerUnreachable):
        send(database, replace(settings, smtp_url="smtp://127.0.0.1:1"))
    session.refresh(row)
    assert (row.started_at, row.body) == (None, HELLO.body)


def test_rights_are_asked_again_at_sending(
    database: Database, session: Session, settings: Config, mail_server: MailServer
) -> None:
    lena = add_user(session, "Lena")
    row = put(session, person=lena)
    lena.disabled_at = NOW
    assert send(database, settings) == Round()
    session.refresh(row)
    assert (mail_server.messages, row.body) == ([], None)


def test_a_mail_that_is_too_old_is_not_sent_and_erased(
    database: Database, session: Session, settings: Config, mail_server: MailServer
) -> None:
    row = put(session, lives=timedelta(hours=2))
    assert send(database, settings, at=NOW + timedelta(hours=2)) == Round()
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        mail.tidy(database)
    session.refresh(row)
    assert (row.body, row.failure) == (None, "not sent: too old")


def test_one_process_at_a_time_sends(database: Database, session: Session, settings: Config) -> None:
    put(session)
    send(database, settings, holder="here")
    put(session)
    soon = NOW + timedelta(minutes=1)
    assert send(database, settings, at=soon, holder="there") == Round()
    assert send(database, settings, at=NOW + timedelta(minutes=2), holder="there") == Round(sent=1)


def test_a_lease_that_was_given_back_is_free(database: Database, session: Session, settings: Config) -> None:
    put(session)
    send(database, settings, holder="here")
    mail.give_back(database, "here")
    put(session)
    assert send(database, settings, holder="there") == Round(sent=1)


def test_two_threads_send_each_mail_once(
    real_database: Database, settings: Config, mail_server: MailServer
) -> None:
    with real_database.writing() as session:
        for number in range(8):
            write_mail(session, HELLO, to=f"p{number}@example.org", at=datetime.now(UTC))
        session.commit()
    stop = threading.Event()
    threads = [
        threading.Thread(target=run_mail_thread, args=(real_database, settings, stop)) for _ in range(2)
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
    settings: Config,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop, calls = threading.Event(), []

    def fail(*_: object, **__: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            stop.set()
        raise ZeroDivisionError

    monkeypatch.setattr(mail, "send_due", fail)
    monkeypatch.setattr(mail, "MOST_PATIENT_SECONDS", 0.01)
    run_mail_thread(real_database, settings, stop)
    assert len(calls) == 2
    assert "the mail thread goes on after an error" in caplog.text


def test_without_a_mail_server_mail_waits(
    real_database: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    monkeypatch.setattr(mail, "send_due", lambda *_, **__: pytest.fail("sent"))
    threading.Timer(0.2, stop.set).start()
    run_mail_thread(real_database, config, stop)
