"""The daily digest of what happened since the last one, written in the morning of each person."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.mentoring.messages import Message, messages_seen_by, questions_for
from roadmap.domain.mentoring.reviews import Review
from roadmap.domain.mentoring.submissions import Submission, SubmissionState, submissions_reviewed_by
from roadmap.domain.roadmaps.editions import MilestoneText
from roadmap.operations.mails import write_mail
from roadmap.operations.mentoring import mail_texts

MORNING = time(7)
NIGHT = timedelta(hours=5)
DIGEST_LIFETIME = timedelta(days=1)


def people_due(session: Session, at: datetime) -> list[int]:
    """Return the ids of the people whose digest of this morning is not written yet."""
    # Only what is asked for: in the afternoon, these are all people.
    rows = session.execute(_people_due(at).with_only_columns(User.id, User.time_zone, User.digested_at))
    return [row.id for row in rows if _is_morning(row.time_zone, row.digested_at, at)]


def _people_due(at: datetime) -> Select[User]:
    """Return a select of the people who want a digest and got none in the last five hours."""
    long_ago = or_(User.digested_at.is_(None), User.digested_at <= at - NIGHT)
    return select(User).where(User.wants_digest, User.disabled_at.is_(None), long_ago).order_by(User.id)


def _is_morning(time_zone: str, digested_at: datetime | None, at: datetime) -> bool:
    """Return whether it is past seven in the person's time zone and today's digest is not written."""
    zone = ZoneInfo(time_zone)
    local = at.astimezone(zone)
    if local.time() < MORNING:
        return False
    return digested_at is None or digested_at.astimezone(zone).date() < local.date()


def write_digest(session: Session, *, person_id: int, at: datetime, base_url: str) -> None:
    """Write a person's digest if it is still due and anything happened since the last one."""
    # Locked, so that no other process writes the same digest. Marks only refer to the person and do not wait.
    query = _people_due(at).where(User.id == person_id).with_for_update(key_share=True)
    person = session.scalar(query)
    if person is None or not _is_morning(person.time_zone, person.digested_at, at):
        return
    since = person.digested_at or at - timedelta(days=1)
    lines = [*_lines_for_mentor(session, person, since), *_lines_for_learner(session, person, since)]
    person.digested_at = at
    if lines:
        text = mail_texts.digest(person.name, lines, f"{base_url}/today")
        write_mail(session, text, to=person.email, at=at, person=person, lifetime=DIGEST_LIFETIME)


def _lines_for_mentor(session: Session, person: User, since: datetime) -> Iterator[str]:
    """Yield new submissions of mentees, and the length of the queue."""
    waiting = submissions_reviewed_by(person).where(Submission.state == SubmissionState.OPEN)
    rows = session.execute(
        waiting.join(User, User.id == Enrollment.user_id)
        .with_only_columns(User.name, Submission.title, Submission.submitted_at)
        .order_by(Submission.submitted_at)
    ).all()
    new = [row for row in rows if row.submitted_at > since]
    yield from (f"{row.name} submitted “{row.title}”" for row in new)
    questions = (
        questions_for(person)
        .join(User, User.id == Enrollment.user_id)
        .where(Message.created_at > since)
        .with_only_columns(User.name, MilestoneText.title)
        .order_by(Message.id)
    )
    yield from (f"{name} asked about “{title}”" for name, title in session.execute(questions))
    if new:
        yield f"{len(rows)} in your queue in total"


def _lines_for_learner(session: Session, person: User, since: datetime) -> Iterator[str]:
    """Yield reviews of the person's own work, and mentorships that started or ended."""
    answers = (
        select(Review, Submission.title, Submission.signed_off)
        .join(Submission, Submission.id == Review.submission_id)
        .join(Enrollment, Enrollment.id == Submission.enrollment_id)
        .where(Enrollment.user_id == person.id, Review.reviewed_at > since)
        .order_by(Review.id)
    )
    for review, title, signed_off in session.execute(answers):
        verb = "signed off" if signed_off else review.outcome.value
        yield f"{review.signature} {verb} “{title}”"
    answers_to_questions = (
        messages_seen_by(person)
        .join(User, User.id == Message.author_id)
        .join(
            MilestoneText,
            and_(
                MilestoneText.edition_id == Enrollment.edition_id,
                MilestoneText.milestone_id == Message.milestone_id,
            ),
        )
        .where(Enrollment.user_id == person.id, Message.author_id != person.id, Message.created_at > since)
        .with_only_columns(User.name, MilestoneText.title)
        .order_by(Message.id)
    )
    for name, title in session.execute(answers_to_questions):
        yield f"{name} wrote about “{title}”"
    involved = or_(Mentorship.learner_id == person.id, Mentorship.mentor_id == person.id)
    recent = select(Mentorship).where(
        involved, or_(Mentorship.started_at > since, Mentorship.ended_at > since)
    )
    for mentorship in session.scalars(
        recent.options(joinedload(Mentorship.mentor), joinedload(Mentorship.learner))
    ):
        other = mentorship.learner if mentorship.mentor_id == person.id else mentorship.mentor
        if mentorship.ended_at is None:
            yield f"A mentorship with {other.name} started"
        elif mentorship.ended_by_id != person.id:
            waits = "; what you submitted waits for your next mentor" if other is mentorship.mentor else ""
            yield f"The mentorship with {other.name} ended{waits}"
