"""Nudges about submissions that wait for a review: to the mentors, and after four weeks to the learner.

A learner can also remind the mentors of one, unless they had a mail about it in the last three days.
"""

from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.accounts.mails import Mail
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState
from roadmap.domain.mentoring.mentorships import Mentorship, covers_enrollment
from roadmap.domain.mentoring.submissions import Submission, SubmissionState
from roadmap.operations.accounts.audits import record
from roadmap.operations.learning.progress import find_milestone
from roadmap.operations.mails import write_mail
from roadmap.operations.mentoring import mail_texts
from roadmap.operations.mentoring.submissions import open_submission

NUDGES_AFTER = (timedelta(days=3), timedelta(days=7))
LONG_WAIT_AFTER = timedelta(days=28)
REMINDER_PAUSE = timedelta(days=3)


def submissions_due(session: Session, at: datetime) -> list[int]:
    """Return the ids of the open submissions whose next nudge is due."""
    return [work.id for work in session.scalars(_waiting_long(at)) if _nudges_due(work, at) > work.nudges]


def _waiting_long(at: datetime) -> Select[Submission]:
    # A paused enrollment nudges nobody; the latest nudge follows when it is active again.
    overdue = (
        Submission.state == SubmissionState.OPEN,
        Submission.submitted_at <= at - NUDGES_AFTER[0],
        Submission.nudges < len(NUDGES_AFTER) + 1,
        Enrollment.state == EnrollmentState.ACTIVE,
    )
    query = select(Submission).join(Enrollment, Enrollment.id == Submission.enrollment_id)
    return query.where(*overdue).order_by(Submission.id)


def _nudges_due(submission: Submission, at: datetime) -> int:
    """Return how many nudges should have been written by now."""
    waited = at - submission.submitted_at
    return sum(waited >= after for after in (*NUDGES_AFTER, LONG_WAIT_AFTER))


def write_nudges(session: Session, *, submission_id: int, at: datetime, base_url: str) -> None:
    """Write the latest nudge that is due; earlier ones that were missed are skipped."""
    query = _waiting_long(at).where(Submission.id == submission_id).with_for_update(of=Submission)
    submission = session.scalar(query)
    due = _nudges_due(submission, at) if submission else 0
    if submission is None or due <= submission.nudges:
        return
    submission.nudges = due
    enrollment = session.get_one(Enrollment, submission.enrollment_id, options=[joinedload(Enrollment.user)])
    mentors, days = session.scalars(_mentors_of(enrollment)).all(), (at - submission.submitted_at).days
    learner, title = enrollment.user, submission.title
    url = f"{base_url}/submissions/{submission.public_id}"
    if due > len(NUDGES_AFTER):
        text = mail_texts.long_wait(learner.name, title, days, url, has_mentor=bool(mentors))
        write_mail(session, text, to=learner, at=at, about=submission.public_id)
        return
    for mentor in mentors:
        text = mail_texts.nudge(mentor.name, learner.name, title, days, url)
        write_mail(session, text, to=mentor, at=at, about=submission.public_id)


def remind_mentors(
    session: Session, enrollment: Enrollment, key: str, *, by: User, at: datetime, base_url: str
) -> None:
    """Write a mail to the mentors of an enrollment that the caller locked, about a waiting submission.

    Raises Conflict when nothing waits, when nobody mentors, and within three days of the submission or of
    an earlier mail to them about it.
    """
    submission = open_submission(session, enrollment, find_milestone(session, enrollment, key))
    if submission is None:
        raise Conflict("This milestone isn’t waiting for a mentor. It was already reviewed or withdrawn.")
    mentors = session.scalars(_mentors_of(enrollment)).all()
    if not mentors:
        raise Conflict("You don’t have a mentor on this roadmap yet. Invite one first.")
    ids, about = [mentor.id for mentor in mentors], submission.public_id
    mailed = select(func.max(Mail.created_at)).where(Mail.user_id.in_(ids), Mail.about == about)
    if at - submission.submitted_at < REMINDER_PAUSE:
        raise Conflict("You submitted this less than three days ago. Give your mentors a little time.")
    if at - (session.scalar(mailed) or submission.submitted_at) < REMINDER_PAUSE:
        raise Conflict("Your mentors were reminded in the last three days. Give them a little time.")
    url, days = f"{base_url}/submissions/{submission.public_id}", (at - submission.submitted_at).days
    for mentor in mentors:
        text = mail_texts.reminder(mentor.name, by.name, submission.title, days, url)
        write_mail(session, text, to=mentor, at=at, about=submission.public_id)
        record(session, AuditKind.MENTOR_REMINDED, at=at, by=by, subject=mentor)


def _mentors_of(enrollment: Enrollment) -> Select[User]:
    mentors = select(Mentorship.mentor_id).join(Enrollment, covers_enrollment())
    return select(User).where(User.id.in_(mentors.where(Enrollment.id == enrollment.id)))
