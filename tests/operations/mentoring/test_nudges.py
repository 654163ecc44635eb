"""Nudges after three and seven days, and an honest word after four weeks: each once, while it concerns."""

import pytest
from sqlalchemy import select

from roadmap.domain.accounts.mails import SUBJECT_LENGTH, Mail
from roadmap.domain.accounts.users import NAME_LENGTH, User
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.roadmaps.roadmaps import TITLE_LENGTH
from roadmap.operations.mails import start_mail
from tests.support.cast import NOON
from tests.support.learning import Learning
from tests.support.mentoring import BASE_URL, DAY, HOUR, end, mails, review, submit, withdraw
from tests.support.mentoring import write_timed_mails as run

NUDGES = [f"Lena has been waiting {days} days for a review" for days in (3, 7)]
HONEST = "Nobody has reviewed “First” yet"
MILO, LENA = "milo@example.org", "lena@example.org"


@pytest.fixture(autouse=True)
def _nobody_wants_digests(learning: Learning, milo: User) -> None:
    """So that all mail is nudges."""
    learning.person.wants_digest = milo.wants_digest = False


def test_the_mentor_is_nudged_after_three_and_seven_days(learning: Learning, milo: User) -> None:
    submit(learning)
    for hours in range(0, 28 * 24, 6):
        run(learning.session, NOON + hours * HOUR)
        to_mentor = NUDGES if hours >= 7 * 24 else NUDGES[:1] if hours >= 3 * 24 else []
        assert (mails(learning.session, MILO), mails(learning.session, LENA)) == (to_mentor, []), hours


def test_the_learner_is_told_after_twenty_eight_days_and_never_again(learning: Learning, milo: User) -> None:
    submit(learning)
    for days in (28, 28, 29, 60):
        run(learning.session, NOON + days * DAY)
    assert (mails(learning.session, LENA), mails(learning.session, MILO)) == ([HONEST], [])


def test_the_word_is_honest_where_nobody_mentors(learning: Learning, milo: User) -> None:
    submit(learning)
    end(learning, milo)
    run(learning.session, NOON + 28 * DAY)
    body = learning.session.scalar(select(Mail.body).where(Mail.subject == HONEST))
    assert body is not None
    assert "you have no mentor on this roadmap" in body


def test_answered_withdrawn_and_paused_work_nudges_nobody(learning: Learning, milo: User) -> None:
    review(learning, submit(learning, "first"), milo)
    submit(learning, "see")
    withdraw(learning, "see")
    submit(learning, "look")
    learning.choose(state=EnrollmentState.PAUSED)
    run(learning.session, NOON + 8 * DAY)
    assert mails(learning.session) == []
    learning.choose(state=EnrollmentState.ACTIVE)
    run(learning.session, NOON + 8 * DAY)
    assert mails(learning.session) == ["Lena has been waiting 8 days for a review"]


@pytest.mark.parametrize("happens", [end, lambda learning, milo: withdraw(learning)])
def test_rights_are_asked_again_at_sending(learning: Learning, milo: User, happens: object) -> None:
    submit(learning)
    run(learning.session, NOON + 3 * DAY)
    nudge = learning.session.scalars(select(Mail)).one()
    happens(learning, milo)
    assert start_mail(learning.session, nudge.id, at=NOON + 3 * DAY) is None
    assert (nudge.body, (nudge.failure or "")[:8]) == (None, "not sent")


def test_a_nudge_that_still_holds_is_sent(learning: Learning, milo: User) -> None:
    work = submit(learning)
    run(learning.session, NOON + 3 * DAY)
    nudge = learning.session.scalars(select(Mail)).one()
    assert start_mail(learning.session, nudge.id, at=NOON + 3 * DAY) is nudge
    assert f"{BASE_URL}/submissions/{work.public_id}" in (nudge.body or "")


def test_the_longest_title_fits_into_a_mail(learning: Learning, milo: User) -> None:
    learning.person.name = "L" * NAME_LENGTH
    submit(learning).title = "x" * TITLE_LENGTH
    run(learning.session, NOON + 28 * DAY)
    (subject,) = mails(learning.session, LENA)
    assert (len(subject), subject[-1]) == (SUBJECT_LENGTH, "…")
