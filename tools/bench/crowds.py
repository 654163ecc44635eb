"""A crowd: learners whose rows are written at once, without the operations, and the mentor of the first."""

import random
from datetime import datetime, timedelta
from itertools import count, islice

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from roadmap.cache.editions import StoredOutline
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.progress import Progress, Status, Verification
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.submissions import Outcome, Review, Submission, SubmissionState
from tests.support.cast import add_user

MENTEES = 30


def add_crowd(session: Session, stored: StoredOutline, rows: int, *, at: datetime) -> User:
    """Fill `progress` up to so many rows, with every milestone marked; gives who mentors thirty of them."""
    chance = random.Random(2)
    mentor = add_user(session, "Milo", at=at)
    missing = rows - (session.scalar(select(func.count()).select_from(Progress)) or 0)
    for number in islice(count(), max(MENTEES, missing // len(stored.ids))):
        person = add_user(session, f"Member {number}", at=at)
        enrollment = _enroll(session, person, stored, at, chance)
        if number < MENTEES:
            _mentor(session, mentor, enrollment, stored, at + timedelta(hours=number))
    session.flush()
    return mentor


def _enroll(
    session: Session, person: User, stored: StoredOutline, at: datetime, chance: random.Random
) -> Enrollment:
    enrollment = Enrollment(
        user_id=person.id,
        roadmap_id=stored.roadmap_id,
        edition_id=stored.edition_id,
        started_on=at.date(),
        pathways=[each.key for each in stored.outline.pathways],
        weekly_hours=6,
        target_on=None,
        state=EnrollmentState.ACTIVE,
        shows_forecast=True,
        last_number=1,
    )
    session.add(enrollment)
    session.flush()
    session.add(_event(enrollment, at))
    session.execute(insert(Progress), [_marked(enrollment, each, chance) for each in stored.ids.values()])
    return enrollment


def _event(enrollment: Enrollment, at: datetime) -> Event:
    return Event(
        enrollment_id=enrollment.id,
        number=1,
        change=1,
        kind=EventKind.ENROLLED,
        actor_id=enrollment.user_id,
        recorded_at=at,
        recorded_on=at.date(),
        occurred_on=at.date(),
        edition_id=enrollment.edition_id,
        settings=enrollment.settings.as_json(),
    )


def _marked(enrollment: Enrollment, milestone_id: int, chance: random.Random) -> dict[str, object]:
    status = chance.choice([Status.DONE, Status.DONE, Status.IN_PROGRESS, Status.SKIPPED])
    seen = chance.choice([Verification.NONE, Verification.VERIFIED])
    return {
        "enrollment_id": enrollment.id,
        "milestone_id": milestone_id,
        "status": status,
        "verification": seen if status is Status.DONE else Verification.NONE,
    }


def _mentor(
    session: Session, mentor: User, enrollment: Enrollment, stored: StoredOutline, at: datetime
) -> None:
    """Milo mentors this learner and has answered once; a few wait again."""
    session.add(
        Mentorship(learner_id=enrollment.user_id, mentor_id=mentor.id, roadmap_id=None, started_at=at)
    )
    states = [SubmissionState.ANSWERED, *[SubmissionState.OPEN] * (enrollment.id % 10 == 0)]
    for state, milestone_id in zip(states, stored.ids.values(), strict=False):
        submission = Submission(
            enrollment_id=enrollment.id,
            milestone_id=milestone_id,
            edition_id=stored.edition_id,
            title="A milestone",
            criteria=["It is done."],
            comment=None,
            came_from=Verification.NONE,
            submitted_at=at,
            state=state,
        )
        session.add(submission)
        session.flush()
        if state is SubmissionState.ANSWERED:
            session.add(_answer(submission, mentor, at + timedelta(hours=5)))


def _answer(submission: Submission, mentor: User, at: datetime) -> Review:
    return Review(
        submission_id=submission.id,
        reviewer_id=mentor.id,
        reviewer_name=mentor.name,
        outcome=Outcome.VERIFIED,
        feedback="Well done.",
        criteria=[1],
        reviewed_at=at,
    )
