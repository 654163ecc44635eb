"""The outbox is sent by real SMTP: once, marked before, erased after."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.mails import Mail
from roadmap.mail import sending
from roadmap.mail.sending import ServerUnreachable, send_all, send_due
from roadmap.operations.mails import Text, write_mail
from tests.support.cast import add_user
from tests.support.fixtures.mails import MailServer

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HELLO = Text("Grüße", "Hello Lena,\n\nhttp://localhost/x\n.\nüber\n")


def put(session: Session, to: str = "lena@example.org", **more: object) -> Mail:
    write_mail(session, HELLO, to=to, at=NOW, **more)
    session.commit()
    return session.scalars(select(Mail).order_by(Mail.id.desc())).first()


def send(database: Database, mailing_config: Config, *, at: datetime = NOW, holder: str = "here") -> Counter:
    with time_machine.travel(at, tick=False):
        return send_due(database, mailing_config, holder=holder)


def test_a_mail_arrives_whole(
    database: Database, session: Session, mailing_config: Config, mail_server: MailServer
) -> None:
    put(session)
    assert send(database, mailing_config) == Counter(sent=1)
    [message] = mail_server.messages
    assert (message["To"], message["From"]) == ("lena@example.org", "Roadmap <roadmap@example.org>")
    assert (message["Subject"], message["Auto-Submitted"]) == ("Grüße", "auto-generated")
    signature = f"{mailing_config.installation}, {mailing_config.base_url}\n"
    assert message.get_content().replace("\r\n", "\n") == HELLO.body + signature


@pytest.mark.parametrize("sender", ["roadmap@example.org", "<roadmap@example.org>"])
def test_a_mail_is_from_the_installation_and_signed_by_it(
    database: Database, session: Session, mailing_config: Config, mail_server: MailServer, sender: str
) -> None:
    put(session)
    send(database, replace(mailing_config, name="Köln, Academy", mail_from=sender))
    [message] = mail_server.messages
    assert parseaddr(str(message["From"])) == ("Köln, Academy", "roadmap@example.org")
    assert message.get_content().endswith(f"Köln, Academy, {mailing_config.base_url}\r\n")


def test_the_text_is_erased_once_it_is_sent(
    database: Database, session: Session, mailing_config: Config
) -> None:
    row = put(session)
    send(database, mailing_config)
    session.refresh(row)
    assert (row.body, row.sent_at) == (None, NOW)


def test_a_second_run_sends_nothing(
    database: Database, session: Session, mailing_config: Config, mail_server: MailServer
) -> None:
    put(session)
    assert [send(database, mailing_config), send(database, mailing_config, holder="there")] == [
        Counter(sent=1),
        Counter(),
    ]
    assert len(mail_server.messages) == 1


def test_a_row_is_marked_before_it_is_handed_over(
    database: Database, session: Session, mailing_config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, marked = put(session), []

    def look(*_: object) -> None:
        session.refresh(row)
        marked.append(row.started_at)

    monkeypatch.setattr(sending, "deliver", look)
    send(database, mailing_config)
    assert marked == [NOW]


def test_a_mail_that_was_interrupted_is_not_sent_again(
    database: Database, session: Session, mailing_config: Config, mail_server: MailServer
) -> None:
    put(session).started_at = NOW
    session.commit()
    assert send(database, mailing_config, at=NOW + timedelta(hours=5)) == Counter()


def test_a_refused_address_fails_and_the_next_mail_still_goes(
    database: Database, session: Session, mailing_config: Config, mail_server: MailServer
) -> None:
    mail_server.refuses.add("gone@example.org")
    row = put(session, to="gone@example.org")
    put(session)
    assert send(database, mailing_config) == Counter(sent=1, failed=1)
    session.refresh(row)
    assert (row.body, row.failure) == (None, "550 nobody here has that name")


def test_a_server_that_is_busy_is_asked_again_later(
    database: Database,
    session: Session,
    mailing_config: Config,
    mail_server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def busy(*_: object) -> str:
        return "451 try again later"

    row = put(session)
    monkeypatch.setattr(MailServer, "handle_DATA", busy)
    assert send(database, mailing_config) == Counter(postponed=1)
    monkeypatch.undo()
    session.refresh(row)
    assert (row.due_at, row.started_at) == (NOW + timedelta(minutes=1), None)
    assert send(database, mailing_config) == Counter()
    assert send(database, mailing_config, at=row.due_at) == Counter(sent=1)


def test_a_server_that_is_gone_leaves_everything_waiting(
    database: Database, session: Session, mailing_config: Config
) -> None:
    row = put(session)
    with pytest.raises(ServerUnreachable):
        send(database, replace(mailing_config, smtp_url="smtp://127.0.0.1:1"))
    session.refresh(row)
    assert (row.started_at, row.body) == (None, HELLO.body)


def test_rights_are_asked_again_at_sending(
    database: Database, session: Session, mailing_config: Config, mail_server: MailServer
) -> None:
    lena = add_user(session, "Lena")
    row = put(session, person=lena)
    lena.disabled_at = NOW
    assert send(database, mailing_config) == Counter(withheld=1)
    session.refresh(row)
    assert (mail_server.messages, row.body) == ([], None)


def test_a_round_of_withheld_mails_does_not_end_the_run(
    database: Database,
    session: Session,
    mailing_config: Config,
    mail_server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("roadmap.operations.mails.BATCH", 1)
    lena = add_user(session, "Lena")
    put(session, person=lena)
    lena.disabled_at = NOW
    put(session, "milo@example.org")
    with time_machine.travel(NOW, tick=False):
        outcomes = send_all(database, mailing_config, holder="here")
    assert (outcomes["sent"], [message["To"] for message in mail_server.messages]) == (
        1,
        ["milo@example.org"],
    )


def test_a_mail_that_is_too_old_is_not_sent_and_erased(
    database: Database, session: Session, mailing_config: Config, mail_server: MailServer
) -> None:
    row = put(session, lifetime=timedelta(hours=2))
    assert send(database, mailing_config, at=NOW + timedelta(hours=2)) == Counter()
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        sending.clean_up(database)
    session.refresh(row)
    assert (row.body, row.failure) == (None, "not sent: too old")


def test_one_process_at_a_time_sends(database: Database, session: Session, mailing_config: Config) -> None:
    put(session)
    send(database, mailing_config, holder="here")
    put(session)
    soon = NOW + timedelta(minutes=1)
    assert send(database, mailing_config, at=soon, holder="there") == Counter()
    assert send(database, mailing_config, at=NOW + timedelta(minutes=2), holder="there") == Counter(sent=1)


def test_a_lease_that_was_given_back_is_free(
    database: Database, session: Session, mailing_config: Config
) -> None:
    put(session)
    send(database, mailing_config, holder="here")
    sending.release_lease(database, "here")
    put(session)
    assert send(database, mailing_config, holder="there") == Counter(sent=1)
