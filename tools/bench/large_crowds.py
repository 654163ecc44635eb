"""Very many learners on PostgreSQL, written by the database itself: 60 marks each, 30 for each mentor."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from roadmap.cache.editions import StoredOutline
from roadmap.domain.accounts.users import User
from tests.support.cast import add_user

MARKS = 60
MENTEES = 30

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
