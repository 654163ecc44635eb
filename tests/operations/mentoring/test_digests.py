"""Digests: one a day, in the person's morning, about what concerns them, and never twice."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.reviews import Outcome
from roadmap.operations.accounts.users import delete_user
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import (
    DAY,
    HOUR,
    MINUTE,
    ask,
    end,
    mails,
    mentor_of,
    review,
    say,
    sign_off,
    submit,
)
from tests.support.mentoring import write_timed_mails as run

DIGEST = "Your day on Roadmap"
MORNING = NOON.replace(hour=7) + DAY
MILO, LENA = "milo@example.org", "lena@example.org"


@pytest.fixture(autouse=True)
def _all_had_todays(learning: Learning, milo: User) -> None:
    """Lena's and Milo's digests of this day are written, so what follows comes tomorrow."""
    learning.person.digested_at = milo.digested_at = NOON


def lines(session: Session, to: str) -> list[str]:
    """What the last digest to an address says, line by line."""
    query = select(Mail.body).where(Mail.recipient == to, Mail.subject == DIGEST).order_by(Mail.id.desc())
    body = session.scalars(query).first() or ""
    return [line.removeprefix("- ") for line in body.splitlines() if line.startswith("- ")]


def test_the_morning_tells_the_mentor_what_is_new(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    submit(learning)
    submit(learning, "see")
    run(learning.session, MORNING)
    new = ["Lena submitted “First”", "Lena submitted “See”", "2 in your queue in total"]
    assert lines(learning.session, MILO) == new
    assert mails(learning.session, LENA) == []


def test_the_morning_tells_the_learner_what_was_answered(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    review(learning, submit(learning), milo)
    review(learning, submit(learning, "see"), milo, Outcome.RETURNED)
    run(learning.session, MORNING)
    assert lines(learning.session, LENA) == ["Milo verified “First”", "Milo returned “See”"]
    assert mails(learning.session, MILO) == []


def test_the_morning_tells_both_what_was_written_and_signed_off(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    ask(learning)
    ask(learning, "second")
    learning.mark("habit")
    say(learning, milo)
    sign_off(learning, milo, "habit")
    run(learning.session, MORNING)
    assert lines(learning.session, MILO) == ["Lena asked about “Second”"]
    assert lines(learning.session, LENA) == ["Milo signed off “Habit”", "Milo wrote about “First”"]


def test_a_message_is_told_to_nobody_after_the_mentorship(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    ask(learning)
    end(learning, milo, by=learning.person)
    run(learning.session, MORNING)
    assert not [line for line in lines(learning.session, MILO) if "asked" in line]


def test_a_second_run_writes_nothing(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    submit(learning)
    for minutes in (0, 0, 5, 600):
        run(learning.session, MORNING + minutes * MINUTE)
    assert mails(learning.session) == [DIGEST]


def test_nothing_new_is_no_mail(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    submit(learning)
    for day in range(3):
        run(learning.session, MORNING + day * DAY - MINUTE)
        run(learning.session, MORNING + day * DAY)
    assert mails(learning.session, MILO) == [DIGEST]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"])
def test_it_is_written_at_seven_where_the_person_is(learning: Learning, milo: User, zone: str) -> None:
    moment = datetime(2026, 3, 3, 7, tzinfo=ZoneInfo(zone))
    milo.time_zone, milo.digested_at = zone, moment - 8 * HOUR
    learning.at = moment - HOUR
    submit(learning)
    run(learning.session, moment - MINUTE)
    assert mails(learning.session, MILO) == []
    run(learning.session, moment)
    assert mails(learning.session, MILO) == [DIGEST]


def test_a_server_that_slept_in_the_morning_writes_it_later(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    submit(learning)
    run(learning.session, MORNING + 16 * HOUR)
    learning.at = MORNING + 17 * HOUR
    submit(learning, "see")
    run(learning.session, MORNING + DAY)
    assert mails(learning.session, MILO) == [DIGEST, DIGEST]


def test_whoever_turned_it_off_gets_none(learning: Learning, milo: User) -> None:
    milo.wants_digest = False
    learning.at += MINUTE
    submit(learning)
    run(learning.session, MORNING)
    assert mails(learning.session) == []


def test_a_disabled_person_gets_none(learning: Learning, milo: User) -> None:
    milo.disabled_at = NOON
    submit(learning)
    run(learning.session, MORNING)
    assert mails(learning.session) == []


def test_a_beginning_is_told_to_both(learning: Learning) -> None:
    learning.person.digested_at = NOON - MINUTE
    mentor_of(learning, "Mina")
    run(learning.session, MORNING)
    assert "A mentorship with Mina started" in lines(learning.session, LENA)
    assert lines(learning.session, "mina@example.org") == ["A mentorship with Lena started"]


def test_the_learner_is_told_that_work_waits_for_the_next_mentor(learning: Learning, milo: User) -> None:
    learning.at += HOUR
    end(learning, milo)
    run(learning.session, MORNING)
    waits = "The mentorship with Milo ended; what you submitted waits for your next mentor"
    assert (lines(learning.session, LENA), lines(learning.session, MILO)) == ([waits], [])


def test_the_mentor_is_told_that_the_learner_ended_it(learning: Learning, milo: User) -> None:
    learning.at += HOUR
    end(learning, milo, by=learning.person)
    run(learning.session, MORNING)
    assert lines(learning.session, MILO) == ["The mentorship with Lena ended"]
    assert lines(learning.session, LENA) == []


def test_a_former_mentor_reads_of_no_work(learning: Learning, milo: User) -> None:
    learning.at += HOUR
    submit(learning)
    end(learning, milo)
    run(learning.session, MORNING)
    assert lines(learning.session, MILO) == []


def test_an_unsent_digest_is_taken_back_when_the_mentorship_ends(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    submit(learning)
    run(learning.session, MORNING)
    learning.at = MORNING + HOUR
    end(learning, milo, by=learning.person)
    assert mails(learning.session, MILO) == []
    run(learning.session, MORNING + HOUR)
    assert lines(learning.session, MILO) == ["The mentorship with Lena ended"]


def test_a_deleted_mentor_is_not_named(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    review(learning, submit(learning), milo)
    learning.session.flush()
    delete_user(learning.session, milo, by=None, at=learning.at)
    learning.session.expire_all()
    run(learning.session, MORNING)
    assert lines(learning.session, LENA) == ["deleted account verified “First”"]


def test_somebody_who_is_new_gets_the_last_day(learning: Learning, milo: User) -> None:
    otto = add_user(learning.session, "Otto")
    milo.digested_at = None
    submit(learning)
    run(learning.session, MORNING)
    assert lines(learning.session, MILO)[0] == "Lena submitted “First”"
    assert (mails(learning.session, otto.email), otto.digested_at) == ([], MORNING)
