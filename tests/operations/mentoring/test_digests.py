"""Digests: one a day, in the person's morning, about what concerns them, and never twice."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.mentoring.submissions import Outcome
from roadmap.operations.accounts.users import delete_user, disable_user
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import (
    DAY,
    HOUR,
    MINUTE,
    ask,
    end,
    invite,
    mails,
    mentor_of,
    review,
    say,
    sign_off,
    submit,
    verified,
)
from tests.support.mentoring import write_timed_mails as run
from tests.support.news import look, news

DIGEST = "Your daily Roadmap digest"
MORNING = NOON.replace(hour=7) + DAY
MILO, LENA = "milo@example.org", "lena@example.org"


@pytest.fixture(autouse=True)
def _all_had_todays(learning: Learning, milo: User) -> None:
    """Lena's and Milo's digests of this day are written, so what follows comes tomorrow."""
    learning.person.digested_at = milo.digested_at = NOON


def body(session: Session, to: str) -> str:
    """The text of the last digest to an address."""
    query = select(Mail.body).where(Mail.recipient == to, Mail.subject == DIGEST).order_by(Mail.id.desc())
    return session.scalars(query).first() or ""


def lines(session: Session, to: str) -> list[str]:
    """What the last digest to an address says, line by line."""
    return [line.removeprefix("- ") for line in body(session, to).splitlines() if line.startswith("- ")]


def test_the_morning_tells_the_mentor_what_is_new(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    submit(learning)
    submit(learning, "see")
    run(learning.session, MORNING)
    assert lines(learning.session, MILO) == ["Lena submitted “First”", "Lena submitted “See”"]
    assert "You have 2 submissions to review in all." in body(learning.session, MILO)
    assert mails(learning.session, LENA) == []


def test_the_first_digest_comes_on_the_morning_after_signing_up(learning: Learning, milo: User) -> None:
    milo.created_at, milo.digested_at = NOON, None
    learning.at += MINUTE
    submit(learning)
    run(learning.session, NOON + HOUR)
    assert mails(learning.session, MILO) == []
    run(learning.session, MORNING)
    assert lines(learning.session, MILO) == ["You’re now mentoring Lena", "Lena submitted “First”"]


def test_the_morning_tells_the_learner_what_was_answered(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    review(learning, submit(learning), milo)
    review(learning, submit(learning, "see"), milo, Outcome.RETURNED)
    run(learning.session, MORNING)
    assert lines(learning.session, LENA) == ["Milo requested changes on “See”", "Milo verified “First”"]
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
    assert lines(learning.session, LENA) == [
        "Milo sent you a message about “First”",
        "Milo signed off on “Habit”",
    ]


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


@pytest.mark.both_databases
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
    assert "Mina is now your mentor" in lines(learning.session, LENA)
    assert lines(learning.session, "mina@example.org") == ["You’re now mentoring Lena"]


def test_the_learner_is_told_that_work_waits_for_the_next_mentor(learning: Learning, milo: User) -> None:
    submit(learning)
    learning.at += HOUR
    end(learning, milo)
    run(learning.session, MORNING)
    waits = "Your mentorship with Milo ended; open submissions wait for your next mentor"
    assert (lines(learning.session, LENA), lines(learning.session, MILO)) == ([waits], [])


def test_the_mentor_is_told_that_the_learner_ended_it(learning: Learning, milo: User) -> None:
    learning.at += HOUR
    end(learning, milo, by=learning.person)
    run(learning.session, MORNING)
    assert lines(learning.session, MILO) == ["Your mentorship with Lena ended"]
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
    assert lines(learning.session, MILO) == ["Your mentorship with Lena ended"]


def test_a_deleted_mentor_is_not_named(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    review(learning, submit(learning), milo)
    learning.session.flush()
    delete_user(learning.session, milo, by=None, at=learning.at)
    learning.session.expire_all()
    run(learning.session, MORNING)
    assert lines(learning.session, LENA) == ["deleted account verified “First”"]


def test_somebody_who_is_new_gets_what_happened_so_far(learning: Learning, milo: User) -> None:
    otto = add_user(learning.session, "Otto")
    milo.digested_at = None
    submit(learning)
    run(learning.session, MORNING)
    assert lines(learning.session, MILO) == ["You’re now mentoring Lena", "Lena submitted “First”"]
    assert (mails(learning.session, otto.email), otto.digested_at) == ([], MORNING)


def test_what_was_seen_in_the_browser_is_not_told_again(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    verified(learning, milo)
    look(learning, learning.person)
    verified(learning, milo, "see")
    run(learning.session, MORNING)
    assert lines(learning.session, LENA) == ["Milo verified “See”"]


def test_a_digest_marks_nothing_as_seen_and_tells_it_once(learning: Learning, milo: User) -> None:
    look(learning, learning.person)
    verified(learning, milo)
    run(learning.session, MORNING)
    learning.at = MORNING + HOUR
    assert news(learning) == ["Milo verified “First”"]
    run(learning.session, MORNING + DAY)
    assert mails(learning.session, LENA) == [DIGEST]


def test_one_that_is_written_again_starts_where_the_last_sent_one_ended(
    learning: Learning, milo: User
) -> None:
    learning.at += MINUTE
    ask(learning)
    run(learning.session, MORNING)
    learning.session.execute(update(Mail).values(started_at=MORNING, sent_at=MORNING))
    learning.at = MORNING + MINUTE
    ask(learning, "second")
    run(learning.session, MORNING + DAY)
    learning.at = MORNING + DAY + 12 * HOUR
    end(learning, mentor_of(learning, "Mina"), by=learning.person)
    assert len(mails(learning.session, MILO)) == 2
    disable_user(learning.session, learning.person, by=None, at=learning.at)
    assert len(mails(learning.session, MILO)) == 1
    run(learning.session, learning.at)
    assert lines(learning.session, MILO) == ["Lena asked about “Second”"]


def test_an_invitation_has_an_email_of_its_own(learning: Learning) -> None:
    otto = add_user(learning.session, "Otto")
    otto.email_confirmed_at = otto.digested_at = NOON
    invite(learning.session, learning.person, otto.email, at=NOON + MINUTE)
    run(learning.session, MORNING)
    assert mails(learning.session, otto.email) == ["You’re invited to Roadmap"]


def test_it_reads_as_a_letter(learning: Learning, milo: User) -> None:
    learning.at += MINUTE
    ask(learning)
    submit(learning, "see")
    run(learning.session, MORNING)
    assert (
        body(learning.session, MILO)
        == """Hello Milo,

Here’s what’s new:

- Lena asked about “First”

New submissions:

- Lena submitted “See”

You have 1 submission to review in all.

To see more, open:

http://localhost/today

To stop this daily email, turn off the digest in your settings:

http://localhost/settings

Roadmap
"""
    )
