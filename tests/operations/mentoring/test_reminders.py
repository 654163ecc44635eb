"""A learner reminds the mentors of what waits, at most once in three days."""

import pytest
from sqlalchemy import select

from roadmap.domain.accounts.audits import Audit, AuditKind
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict
from roadmap.operations.mentoring.nudges import remind_mentors
from tests.support.learning import Learning
from tests.support.mentoring import BASE_URL, DAY, HOUR, end, mails, mentor_of, review, submit
from tests.support.mentoring import write_timed_mails as run

REMINDER = "Lena is asking for a review"
MILO, MINA = "milo@example.org", "mina@example.org"


def remind(learning: Learning, key: str = "first") -> None:
    remind_mentors(
        learning.session, learning.enrollment, key, by=learning.person, at=learning.at, base_url=BASE_URL
    )
    learning.session.flush()


def test_each_mentor_gets_one_mail_in_three_days(learning: Learning, milo: User) -> None:
    mentor_of(learning, "Mina")
    submit(learning)
    learning.at += 3 * DAY
    remind(learning)
    assert (mails(learning.session, MILO), mails(learning.session, MINA)) == ([REMINDER], [REMINDER])
    reminded = learning.session.scalars(select(Audit).where(Audit.kind == AuditKind.MENTOR_REMINDED)).all()
    assert {entry.actor_id for entry in reminded} == {learning.person.id}
    assert (len(reminded), milo.id in {entry.subject_id for entry in reminded}) == (2, True)
    learning.at += 3 * DAY - HOUR
    with pytest.raises(Conflict, match="last three days"):
        remind(learning)
    learning.at += HOUR
    remind(learning)
    assert mails(learning.session, MILO) == [REMINDER] * 2


def test_fresh_work_and_a_fresh_nudge_need_no_reminder(learning: Learning, milo: User) -> None:
    milo.wants_digest = False
    submit(learning)
    with pytest.raises(Conflict, match="You submitted this less than three days ago"):
        remind(learning)
    learning.at += 4 * DAY
    run(learning.session, learning.at)
    with pytest.raises(Conflict, match="last three days"):
        remind(learning)


def test_only_what_waits_for_somebody_can_be_reminded_of(learning: Learning, milo: User) -> None:
    with pytest.raises(Conflict, match="This milestone isn’t waiting"):
        remind(learning)
    review(learning, submit(learning), milo)
    submit(learning, "see")
    end(learning, milo)
    learning.at += 4 * DAY
    with pytest.raises(Conflict, match="This milestone isn’t waiting"):
        remind(learning)
    with pytest.raises(Conflict, match="You don’t have a mentor"):
        remind(learning, "see")
