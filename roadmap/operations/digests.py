"""Mails that time brings: the daily digest, the nudge to a mentor, the honest word to a learner.

Each is written in one transaction with the mark that it was written, so that a second run writes nothing; and
each in a transaction of its own, so that whoever marks meanwhile waits for one mail and not for all.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.enrollments import Enrollment, EnrollmentState
from roadmap.domain.mentorships import Mentorship, covers_enrollment
from roadmap.domain.reviews import Review
from roadmap.domain.submissions import Submission, SubmissionState, submissions_reviewed_by
from roadmap.domain.users import User
from roadmap.operations import mentoring_mails
from roadmap.operations.mails import write_mail

MORNING = time(7)
NIGHT = timedelta(hours=5)
DIGEST_LIVES = timedelta(days=1)
NUDGES_AFTER = (timedelta(days=3), timedelta(days=7))
HONEST_AFTER = timedelta(days=28)


def timed_mails(session: Session, *, at: datetime, base_url: str) -> list[Callable[[Session], None]]:
    """What writes each digest, nudge and word of delay that is due and was not written yet.

    This session may only read. Each writes one in the session it is given, after it asked again there
    whether it is due: another process may have written it meanwhile.
    """
    people = [person.id for person in session.scalars(_people_due(at)) if _is_morning(person, at)]
    late = [work.id for work in session.scalars(_waiting_long(at)) if _words_due(work, at) > work.nudges]
    return [
        *(partial(_write_digest, person_id=each, at=at, base_url=base_url) for each in people),
        *(partial(_write_nudges, submission_id=each, at=at, base_url=base_url) for each in late),
    ]


def _people_due(at: datetime) -> Select[User]:
    """All but those whose digest is younger than a night."""
    long_ago = or_(User.digested_at.is_(None), User.digested_at <= at - NIGHT)
    return select(User).where(User.wants_digest, User.disabled_at.is_(None), long_ago).order_by(User.id)


def _is_morning(person: User, at: datetime) -> bool:
    """Whether this day's morning has come where the person is, and its digest was not written."""
    zone = ZoneInfo(person.time_zone)
    local = at.astimezone(zone)
    if local.time() < MORNING:
        return False
    return person.digested_at is None or person.digested_at.astimezone(zone).date() < local.date()


def _write_digest(session: Session, *, person_id: int, at: datetime, base_url: str) -> None:
    # Locked: from here on no other process writes this one. Who marks only refers to the person, and goes on.
    query = _people_due(at).where(User.id == person_id).with_for_update(key_share=True)
    person = session.scalar(query)
    if person is None or not _is_morning(person, at):
        return
    since = person.digested_at or at - timedelta(days=1)
    lines = [*_lines_for_mentor(session, person, since), *_lines_for_learner(session, person, since)]
    person.digested_at = at
    if lines:
        text = mentoring_mails.digest(person.name, lines, f"{base_url}/today")
        write_mail(session, text, to=person.email, at=at, person=person, lives=DIGEST_LIVES)


def _lines_for_mentor(session: Session, person: User, since: datetime) -> Iterator[str]:
    """New work of mentees, and how much waits in all."""
    waiting = submissions_reviewed_by(person).where(Submission.state == SubmissionState.OPEN)
    rows = session.execute(
        waiting.join(User, User.id == Enrollment.user_id)
        .with_only_columns(User.name, Submission.title, Submission.submitted_at)
        .order_by(Submission.submitted_at)
    ).all()
    new = [row for row in rows if row.submitted_at > since]
    yield from (f"{row.name} submitted “{row.title}”" for row in new)
    if new:
        yield f"{len(rows)} in your queue in all"


def _lines_for_learner(session: Session, person: User, since: datetime) -> Iterator[str]:
    """Answers to own work, and mentorships that began or ended."""
    answers = (
        select(Review, Submission.title)
        .join(Submission, Submission.id == Review.submission_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .where(Enrollment.user_id == person.id, Review.reviewed_at > since)
        .order_by(Review.id)
    )
    for review, title in session.execute(answers):
        yield f"{review.signature} {review.outcome.value} “{title}”"
    involved = or_(Mentorship.learner_id == person.id, Mentorship.mentor_id == person.id)
    recent = select(Mentorship).where(
        involved, or_(Mentorship.started_at > since, Mentorship.ended_at > since)
    )
    for each in session.scalars(
        recent.options(joinedload(Mentorship.mentor), joinedload(Mentorship.learner))
    ):
        other = each.learner if each.mentor_id == person.id else each.mentor
        if each.ended_at is None:
            yield f"A mentorship with {other.name} began"
        elif each.ended_by_id != person.id:
            waits = "; what you submitted waits for your next mentor" if other is each.mentor else ""
            yield f"The mentorship with {other.name} ended{waits}"


def _waiting_long(at: datetime) -> Select[Submission]:
    overdue: tuple[ColumnElement[bool], ...] = (
        Submission.state == SubmissionState.OPEN,
        Submission.submitted_at <= at - NUDGES_AFTER[0],
    )
    query = select(Submission).join(Enrollment, Enrollment.id == Submission.enrollment_id)
    # A paused roadmap nudges nobody; the latest word follows when it goes on.
    overdue += (Enrollment.state == EnrollmentState.ACTIVE, Submission.nudges < len(NUDGES_AFTER) + 1)
    return query.where(*overdue).order_by(Submission.id)


def _words_due(submission: Submission, at: datetime) -> int:
    """How many words of this delay there should be by now."""
    waited = at - submission.submitted_at
    return sum(waited >= after for after in (*NUDGES_AFTER, HONEST_AFTER))


def _write_nudges(session: Session, *, submission_id: int, at: datetime, base_url: str) -> None:
    """Write the latest word that is due; those missed meanwhile are not made up for."""
    query = _waiting_long(at).where(Submission.id == submission_id).with_for_update(of=Submission)
    submission = session.scalar(query)
    due = _words_due(submission, at) if submission else 0
    if submission is None or due <= submission.nudges:
        return
    submission.nudges = due
    enrollment = session.get_one(Enrollment, submission.enrollment_id, options=[joinedload(Enrollment.user)])
    url = f"{base_url}/submissions/{submission.public_id}"
    mentors, days = session.scalars(_mentors_of(enrollment)).all(), (at - submission.submitted_at).days
    if due > len(NUDGES_AFTER):
        text = mentoring_mails.long_wait(
            enrollment.user.name, submission.title, days, url, has_mentor=bool(mentors)
        )
        about, learner = submission.public_id, enrollment.user
        write_mail(session, text, to=learner.email, at=at, person=learner, about=about)
        return
    for mentor in mentors:
        text = mentoring_mails.nudge(mentor.name, enrollment.user.name, submission.title, days, url)
        write_mail(session, text, to=mentor.email, at=at, person=mentor, about=submission.public_id)


def _mentors_of(enrollment: Enrollment) -> Select[User]:
    mentors = select(Mentorship.mentor_id).join(Enrollment, covers_enrollment())
    return select(User).where(User.id.in_(mentors.where(Enrollment.id == enrollment.id)))
