"""Mentors and learners at the same moment: exactly one holds, one answers, one mail is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.db.database import Database
from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Invalid, NotFound, RuleError
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.submissions import Claim, Outcome, Review, Submission, SubmissionState
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.mentoring.mentorships import end_mentorship
from roadmap.operations.mentoring.reviews import Answer, claim_submission, review_submission
from roadmap.operations.mentoring.submissions import submit_milestone, withdraw_submission
from roadmap.operations.scheduled import scheduled_mails
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.mentoring import BASE_URL, DAY, HOUR, mentor_of, submit
from tests.support.outlines import add_roadmap, enroll
from tests.support.racing import together

MENTORS = 4


@dataclass
class Scene:
    """Lena's work waits for four mentors."""

    database: Database
    lena: User
    mentors: list[User]
    enrollment: str
    work: str

    def count(self, table: type, *where: object) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table).where(*where)) or 0

    def claim(self, person: User) -> Callable[[Session], object]:
        return lambda session: claim_submission(session, self.work, by=person, at=NOON).mentor_id

    def review(self, person: User, **more: str) -> Callable[[Session], object]:
        answer = Answer(Outcome.VERIFIED, "Fine.", **more)
        return lambda session: review_submission(session, self.work, answer, by=person, at=NOON).public_id

    def end(self, person: User) -> Callable[[Session], object]:
        def act(session: Session) -> None:
            query = select(Mentorship.public_id).where(Mentorship.mentor_id == person.id)
            end_mentorship(session, session.scalars(query).one(), by=person, at=NOON)

        return act


@pytest.fixture
def scene(real_database: Database) -> Scene:
    with real_database.writing() as session:
        add_roadmap(session)
        lena = add_user(session, "Lena")
        learning = Learning(session, lena, enroll(session, lena))
        mentors = [mentor_of(learning, f"Mentor{number}") for number in range(MENTORS)]
        work = submit(learning).public_id
        session.commit()
    return Scene(real_database, lena, mentors, learning.enrollment.public_id, work)


def conflicts(results: list[object]) -> int:
    return sum(isinstance(each, Conflict) for each in results)


def test_of_twenty_who_claim_at_once_exactly_one_holds_it(scene: Scene) -> None:
    with scene.database.writing() as session:
        learning = Learning(session, scene.lena, session.scalars(select(Enrollment)).one())
        more = [mentor_of(learning, f"Another{number}") for number in range(20 - MENTORS)]
        session.commit()
    results = together(scene.database, *map(scene.claim, (*scene.mentors, *more)))
    won = [each for each in results if not isinstance(each, RuleError)]
    assert (len(won), conflicts(results)) == (1, 19)
    with scene.database.reading() as session:
        assert session.scalars(select(Claim.mentor_id)).all() == won


def test_of_two_who_answer_at_once_one_wins_and_the_other_is_told_who(scene: Scene) -> None:
    results = together(scene.database, *map(scene.review, scene.mentors[:2]))
    (message,) = [str(each) for each in results if isinstance(each, Conflict)]
    with scene.database.reading() as session:
        won = session.scalars(select(Review)).one()
    assert message == f"{won.reviewer_name} answered this on 2 March 2026 at 12:00 UTC: verified."


def test_of_two_who_replace_at_once_one_wins(scene: Scene) -> None:
    (first,) = together(scene.database, scene.review(scene.mentors[0]))
    acts = [scene.review(each, replaces=str(first), reason="Why") for each in scene.mentors[:2]]
    assert conflicts(together(scene.database, *acts)) == 1
    assert scene.count(Review) == 2


def test_an_answer_and_a_withdrawal_at_once_are_one_of_them(scene: Scene) -> None:
    def withdraw(session: Session) -> object:
        enrollment = lock_open_enrollment(session, scene.enrollment, by=scene.lena)
        return withdraw_submission(session, enrollment, "first", by=scene.lena, at=NOON)

    results = together(scene.database, withdraw, scene.review(scene.mentors[0]))
    assert conflicts(results) == 1
    answered = scene.count(Submission, Submission.state == SubmissionState.ANSWERED)
    assert scene.count(Review) == answered == int(isinstance(results[0], Conflict))


def test_submitted_twice_at_once_is_one_submission(scene: Scene) -> None:
    def submit_it(session: Session) -> object:
        enrollment = lock_open_enrollment(session, scene.enrollment, by=scene.lena)
        return submit_milestone(session, enrollment, "see", "Look.", by=scene.lena, at=NOON)[1]

    with scene.database.writing() as session:
        enrollment = lock_open_enrollment(session, scene.enrollment, by=scene.lena)
        Learning(session, scene.lena, enrollment).mark("see")
        session.commit()
    results = together(scene.database, submit_it, submit_it)
    assert sum(isinstance(each, Invalid) for each in results) == 1
    assert scene.count(Submission, Submission.title == "See") == 1


def test_a_claim_on_its_way_does_not_outlive_the_mentorship(scene: Scene) -> None:
    milo, has_claimed = scene.mentors[0], Event()

    def end() -> None:
        has_claimed.wait(5)
        together(scene.database, scene.end(milo))

    ending = Thread(target=end)
    ending.start()
    with scene.database.writing() as session:
        scene.claim(milo)(session)
        has_claimed.set()
        ending.join(0.5)
        session.commit()
    ending.join(10)
    assert scene.count(Claim) == 0


def test_whoever_ends_and_claims_at_once_holds_nothing_afterwards(scene: Scene) -> None:
    for milo in scene.mentors[:4]:
        claimed, ended = together(scene.database, scene.claim(milo), scene.end(milo))
        assert ended is None
        assert isinstance(claimed, int | NotFound)
        assert scene.count(Claim) == 0


DIGEST, NUDGE = "Your daily Roadmap digest", "Lena has been waiting 3 days for a review"


@pytest.mark.both_databases
@pytest.mark.parametrize(("after", "mails"), [(DAY - HOUR, [DIGEST]), (3 * DAY, [DIGEST, NUDGE])])
def test_two_timers_at_once_write_each_mail_once(scene: Scene, after: timedelta, mails: list[str]) -> None:
    both = Barrier(1 if scene.database.is_sqlite else 2)

    def timer(session: Session) -> None:
        due = scheduled_mails(session, at=NOON + after, base_url=BASE_URL)
        both.wait(5)
        for write in due:
            write(session)

    assert together(scene.database, timer, timer) == [None, None]
    with scene.database.reading() as session:
        written = select(Mail.subject).where(Mail.recipient == scene.mentors[0].email)
        assert sorted(session.scalars(written).all(), reverse=True) == mails
