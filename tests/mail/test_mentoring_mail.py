"""Mail about mentoring arrives by real SMTP: invitations, digests, nudges; and a second run sends none."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.mail.sending import send_due, write_scheduled
from tests.support.cast import NOON, add_user
from tests.support.command_line import Terminal
from tests.support.fixtures.databases import SharedDatabase
from tests.support.fixtures.mails import MailServer
from tests.support.learning import Learning
from tests.support.mentoring import DAY, HOUR, accept, end, invite, mentor_of, review, submit
from tests.support.outlines import add_roadmap, enroll

MORNING = NOON.replace(hour=7) + DAY


@pytest.fixture
def settings(config: Config, mail_server: MailServer) -> Config:
    return replace(config, smtp_url=mail_server.url, mail_from="Roadmap <roadmap@example.org>")


def run(database: Database, settings: Config, at: datetime) -> Counter:
    """What a timer does."""
    with time_machine.travel(at, tick=False):
        write_scheduled(database, settings)
        return send_due(database, settings, holder="timer")


def arrived(server: MailServer) -> list[tuple[str, str]]:
    return [(str(each["To"]), str(each["Subject"])) for each in server.messages]


@pytest.fixture
def _answer_work(learning: Learning) -> None:
    """Lena's digest of this day is written."""
    learning.person.digested_at = NOON


@pytest.mark.usefixtures("_answer_work")
def test_an_invitation_arrives_and_its_link_works(
    database: SharedDatabase, settings: Config, mail_server: MailServer, learning: Learning
) -> None:
    invite(learning.session, learning.person, slug="sample")
    assert [run(database, settings, NOON) for _ in range(2)] == [Counter(sent=1), Counter()]
    (message,) = mail_server.messages
    found = re.search(r"http://localhost/invitations/(\S+)", message.get_content())
    assert found is not None
    assert accept(learning.session, found[1], add_user(learning.session, "Milo")) is not None


@pytest.mark.usefixtures("_answer_work")
def test_digests_arrive_in_the_morning_and_a_second_run_sends_none(
    database: SharedDatabase, settings: Config, mail_server: MailServer, learning: Learning, milo: User
) -> None:
    milo.digested_at, learning.at = NOON, NOON + HOUR
    review(learning, submit(learning), milo)
    submit(learning, "see")
    assert run(database, settings, MORNING - HOUR) == Counter()
    assert [run(database, settings, MORNING) for _ in range(3)] == [
        Counter(sent=2),
        Counter(),
        Counter(),
    ]
    subject = "Your daily Roadmap digest"
    assert sorted(arrived(mail_server)) == [("lena@example.org", subject), ("milo@example.org", subject)]
    texts = "".join(each.get_content() for each in mail_server.messages)
    assert "- Lena submitted “See”" in texts
    assert "- Milo verified “First”" in texts


@pytest.mark.usefixtures("_answer_work")
def test_what_ended_before_it_was_sent_does_not_arrive(
    database: SharedDatabase, settings: Config, mail_server: MailServer, learning: Learning, milo: User
) -> None:
    milo.wants_digest = learning.person.wants_digest = False
    submit(learning)
    with time_machine.travel(NOON + 3 * DAY, tick=False):
        write_scheduled(database, settings)
    end(learning, milo)
    assert run(database, settings, NOON + 3 * DAY) == Counter(withheld=1)
    assert arrived(mail_server) == []


def where_it_is_noon() -> str:
    """A time zone in which the morning has come, whatever the time."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"


def fill(terminal: Terminal) -> None:
    """Milo has work that waits since three days and since an hour."""
    now = datetime.now(UTC)
    with Database(f"sqlite:///{terminal.data}/roadmap.sqlite3") as database, database.writing() as session:
        add_roadmap(session, at=now - 4 * DAY)
        lena = add_user(session, "Lena")
        lena.wants_digest = False
        learning = Learning(session, lena, enroll(session, lena, at=now - 4 * DAY), now - 3 * DAY - HOUR)
        mentor_of(learning).time_zone = where_it_is_noon()
        submit(learning)
        learning.at = now - HOUR
        submit(learning, "see")
        session.commit()


def test_the_command_of_a_timer_writes_and_sends_and_sends_nothing_twice(
    sqlite_template: Path, mail_server: MailServer, tmp_path: Path
) -> None:
    terminal = Terminal.installed(tmp_path, sqlite_template)
    terminal.environ |= {"ROADMAP_SMTP_URL": mail_server.url, "ROADMAP_MAIL_FROM": "roadmap@example.org"}
    fill(terminal)
    outputs = [terminal.run("mail").stdout for _ in range(2)]
    assert outputs == ["2 sent, 0 postponed, 0 failed\n", "0 sent, 0 postponed, 0 failed\n"]
    subjects = sorted(subject for _, subject in arrived(mail_server))
    assert subjects == ["Lena has been waiting 3 days for a review", "Your daily Roadmap digest"]
