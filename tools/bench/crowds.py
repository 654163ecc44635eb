"""Crowds: learners whose rows are written at once, without the operations, and the mentor of thirty.

A large crowd is written by PostgreSQL itself: 60 marks each, 30 mentees for each mentor.
"""

import random
from datetime import datetime, timedelta
from itertools import count, islice

from sqlalchemy import func, insert, select, text
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
MARKS = 60


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


# Rows lie in the order in which they would have been written: all first marks, then all second ones. The rows
# of one learner are on pages far apart.
_STATEMENTS = """
SET LOCAL session_replication_role = replica;
SET LOCAL statement_timeout = 0;
CREATE TEMPORARY TABLE members ON COMMIT DROP AS
SELECT n, nextval('users_id_seq') AS person, nextval('enrollments_id_seq') AS enrollment
FROM generate_series(0, :learners - 1) n;
CREATE TEMPORARY TABLE marks ON COMMIT DROP AS
SELECT milestone_id, row_number() OVER (ORDER BY id) AS place FROM milestone_texts
WHERE edition_id = :edition ORDER BY id LIMIT :marks;
INSERT INTO users (id, public_id, email, name, password_hash, time_zone, created_at, is_admin, letter_keys,
    wants_digest)
SELECT person, 'person' || to_hex(n), 'crowd' || n || '@example.org', 'Crowd ' || n, '!', 'UTC', :at, false,
    true, true
FROM members;
INSERT INTO enrollments (id, public_id, user_id, roadmap_id, edition_id, started_on, pathways, weekly_hours,
    state, shows_forecast, last_number, last_recorded_on)
SELECT enrollment, 'learns' || to_hex(n), person, :roadmap, :edition, :at, '[]', 6, 'active', true,
    :marks + 1, :at
FROM members;
INSERT INTO events (enrollment_id, number, change, kind, actor_id, recorded_at, recorded_on, occurred_on,
    edition_id, settings)
SELECT id, 1, 1, 'enrolled', user_id, :at, :at, :at, edition_id, json_build_object('pathways', pathways,
    'weekly_hours', weekly_hours, 'target_on', target_on, 'state', state, 'shows_forecast', shows_forecast)
FROM members JOIN enrollments ON id = enrollment;
INSERT INTO events (enrollment_id, number, change, kind, actor_id, recorded_at, recorded_on, occurred_on,
    milestone_id, status, known)
SELECT enrollment, place + 1, place + 1, 'progress_set', person, :at, :at, :at, milestone_id,
    CASE WHEN (n + place) % 3 = 0 THEN 'in_progress' ELSE 'done' END, false
FROM marks, members ORDER BY place, n;
INSERT INTO progress (enrollment_id, milestone_id, status, occurred_on, known, verification)
SELECT enrollment, milestone_id, CASE WHEN (n + place) % 3 = 0 THEN 'in_progress' ELSE 'done' END, :at, false,
    CASE WHEN place = 1 AND (n + place) % 3 > 0 THEN 'verified' ELSE 'none' END
FROM marks, members ORDER BY place, n;
INSERT INTO mentorships (public_id, learner_id, mentor_id, started_at, note, note_version)
SELECT 'mentor' || to_hex(members.n), members.person,
    CASE WHEN members.n < :mentees THEN :mentor ELSE mentors.person END, :at, '', 0
FROM members JOIN members mentors ON mentors.n = members.n / :mentees;
INSERT INTO submissions (public_id, enrollment_id, milestone_id, edition_id, title, criteria, came_from,
    submitted_at, state, nudges, signed_off)
SELECT 'submit' || to_hex(n), enrollment, milestone_id, :edition, 'A milestone', '["It is done."]', 'none',
    :at, CASE WHEN n % 10 = 0 THEN 'open' ELSE 'answered' END, 3, false
FROM members, marks WHERE place = 1;
INSERT INTO reviews (public_id, submission_id, reviewer_id, reviewer_name, outcome, feedback, criteria,
    reviewed_at)
SELECT 'review' || to_hex(n), submissions.id, mentor_id, 'A mentor', 'verified', 'Well done.', '[1]', :at
FROM members JOIN submissions ON enrollment_id = enrollment JOIN mentorships ON learner_id = person
WHERE state = 'answered'
"""


def add_large_crowd(session: Session, stored: StoredOutline, learners: int, *, at: datetime) -> User:
    """Add so many learners; gives who mentors the first thirty."""
    mentor = add_user(session, "Milo", at=at)
    values = {
        "learners": learners,
        "marks": MARKS,
        "mentees": MENTEES,
        "mentor": mentor.id,
        "roadmap": stored.roadmap_id,
        "edition": stored.edition_id,
        "at": at,
    }
    for statement in _STATEMENTS.strip().split(";\n"):
        used = text(statement)
        session.execute(used, {name: values[name] for name in used.compile().params})
    return mentor
