"""Digests of many people: each in a short transaction of its own, between which others write."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.progress import Status
from roadmap.mail import sending
from roadmap.mail.sending import write_scheduled
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.learning.progress import set_progress
from roadmap.operations.scheduled import scheduled_mails
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import BASE_URL, DAY, HOUR, mentor_of, submit
from tests.support.outlines import add_roadmap, enroll

MENTORS = 6
MORNING = NOON.replace(hour=7) + DAY
# The morning tells each mentor and Lena that it began; three days later each mentor is nudged besides.
DUE = [(MORNING, MENTORS + 1), (NOON + 3 * DAY + HOUR, 2 * MENTORS + 1)]


@pytest.fixture
def lena(real_database: Database) -> tuple[User, str]:
    """She handed in one milestone and has six mentors, and nobody had a digest yet."""
    with real_database.writing() as session:
        add_roadmap(session)
        learning = Learning(session, add_user(session, "Lena"), enroll(session, session.query(User).one()))
        for number in range(MENTORS):
            mentor_of(learning, f"Mentor{number}").digested_at = NOON - HOUR
        learning.person.digested_at = NOON - HOUR
        submit(learning)
        session.commit()
    return learning.person, learning.enrollment.public_id


def recipients(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(Mail.recipient)))


class Between(threading.Event):
    """Where the writing of mails pauses: does something each time, and stops after so many times."""

    def __init__(self, act: Callable[[], object], most: int = 100) -> None:
        super().__init__()
        self.act, self.most, self.times = act, most, 0

    def wait(self, timeout: float | None = None) -> bool:
        self.times += 1
        self.act()
        return self.times >= self.most


def test_between_two_digests_a_mark_goes_through(
    real_database: Database, config: Config, lena: tuple[User, str]
) -> None:
    statuses = [Status.IN_PROGRESS, Status.DONE] * MENTORS

    def mark() -> None:
        with real_database.writing() as session:
            enrollment = lock_open_enrollment(session, lena[1], by=lena[0])
            set_progress(session, enrollment, "see", statuses.pop(), by=lena[0], at=MORNING)
            session.commit()

    with time_machine.travel(MORNING, tick=False):
        write_scheduled(real_database, config, between := Between(mark))
    assert (between.times, len(recipients(real_database))) == (MENTORS + 1, MENTORS + 1)


def test_who_stops_keeps_what_is_written_and_goes_on_later(
    real_database: Database, config: Config, lena: tuple[User, str]
) -> None:
    with time_machine.travel(MORNING, tick=False):
        write_scheduled(real_database, config, Between(bool, most=2))
        assert len(recipients(real_database)) == 2
        write_scheduled(real_database, config)
    assert len(set(recipients(real_database))) == len(recipients(real_database)) == MENTORS + 1


def test_one_that_fails_is_logged_and_the_others_are_written(
    real_database: Database,
    config: Config,
    lena: tuple[User, str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def found(session: Session, **how: Any) -> list[Callable[[Session], object]]:
        return [lambda _: 1 / 0, *scheduled_mails(session, **how)]

    monkeypatch.setattr(sending, "scheduled_mails", found)
    with time_machine.travel(MORNING, tick=False):
        write_scheduled(real_database, config)
    assert len(recipients(real_database)) == MENTORS + 1
    assert "was not written" in caplog.text


@pytest.mark.parametrize(("moment", "mails"), DUE)
@pytest.mark.usefixtures("lena")
def test_what_another_process_wrote_meanwhile_is_not_written_again(
    real_database: Database, moment: datetime, mails: int
) -> None:
    with real_database.reading() as session:
        found = [scheduled_mails(session, at=moment, base_url=BASE_URL) for _ in range(2)]
    for write in (*found[0], *found[1]):
        with real_database.writing() as session:
            write(session)
            session.commit()
    assert len(recipients(real_database)) == mails
