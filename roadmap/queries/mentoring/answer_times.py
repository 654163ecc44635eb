"""How long mentors take to answer, from their answers of the last 60 days and the age of what waits now."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import and_, bindparam, cast, null, select, union_all
from sqlalchemy.orm import Session, aliased

from roadmap.domain.accounts.users import User
from roadmap.domain.base import UtcDateTime, inline_literal
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.attention import LONG_WAIT
from roadmap.domain.mentoring.mentorships import Mentorship, covers_enrollment
from roadmap.domain.mentoring.submissions import Review, Submission, SubmissionState

WINDOW = timedelta(days=60)
_SINCE = bindparam("since", type_=UtcDateTime())


@dataclass(frozen=True, slots=True)
class Backlog:
    """A mentor with what waits for them, from all their mentees."""

    mentor: str
    mentor_id: int
    waiting: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """What a learner may expect of their mentors on a roadmap; `usual` is None without answers and waits."""

    usual: timedelta | None = None
    backlogs: tuple[Backlog, ...] = ()

    def is_late(self, waited: timedelta) -> bool:
        """Whether work that waited so long has waited for longer than usual, and for over three days."""
        return waited > LONG_WAIT and (self.usual is None or waited >= self.usual)


def usual_wait(answered: Iterable[timedelta], waiting: Iterable[timedelta]) -> timedelta | None:
    """The median of answered waits and of those that still wait, at their present age; None without any.

    What still waits counts once it is older than the usual answer (without any, than three days): before that
    it says nothing, and would make the answers look quicker than they are.
    """
    answers = list(answered)
    usual = _median(answers)
    long = [wait for wait in waiting if wait > (LONG_WAIT if usual is None else usual)]
    return _median([*answers, *long])


def _median(waits: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None


def answers_by(mentor: User) -> Any:
    """A select of when the mentor's reviews since `since` were requested and given, without replacements."""
    return (
        select(Review.id, Submission.submitted_at, Review.reviewed_at)
        .join(Submission, Submission.id == Review.submission_id)
        .where(Review.reviewer_id == mentor.id, *_counts())
    )


def _counts() -> tuple[Any, ...]:
    # A sign-off answers nothing that waited.
    # Only what replaces another has a reason. By `replaces_id`, SQLite would read the first reviews of
    # everybody in the index of that column.
    return Review.reason.is_(None), ~Submission.signed_off, Review.reviewed_at >= _SINCE


def answer_times(session: Session, learner_id: int, *, at: datetime) -> Callable[[int], AnswerTimes]:
    """A function from roadmap id to the answer times of this learner's present mentors, in one statement."""
    values = {"learner_id": learner_id, "since": at - WINDOW}
    rows = session.connection().execute(_WAITS, values).all()

    def times_on(roadmap_id: int) -> AnswerTimes:
        covering = [row for row in rows if row.roadmap_id in {None, roadmap_id}]
        # By submission, because it may wait for two mentors, and two mentorships may be with one mentor.
        answered = {
            row.submission_id: row.reviewed_at - row.submitted_at for row in covering if row.reviewed_at
        }
        waiting = {row.submission_id: at - row.submitted_at for row in covering if not row.reviewed_at}
        return AnswerTimes(usual_wait(answered.values(), waiting.values()), _backlogs(covering))

    return times_on


def _backlogs(rows: Sequence[Any]) -> tuple[Backlog, ...]:
    """The mentors with waiting work, whose oldest waits longest first."""
    waiting: dict[tuple[int, str], dict[int, datetime]] = {}
    for row in rows:
        if row.reviewed_at is None:
            waiting.setdefault((row.mentor_id, row.mentor), {})[row.submission_id] = row.submitted_at
    backlogs = [
        Backlog(name, mentor_id, len(work), min(work.values())) for (mentor_id, name), work in waiting.items()
    ]
    return tuple(sorted(backlogs, key=lambda backlog: backlog.oldest_at))


def _waits_of(learner_id: Any) -> Any:
    """The answers of a learner's mentors and the open submissions they may answer, whoever submitted them."""
    own = aliased(Mentorship)
    is_own = and_(own.learner_id == learner_id, own.ended_at.is_(None))
    columns = (own.mentor_id, User.name.label("mentor"), own.roadmap_id)
    mentors = select(*columns).select_from(own).join(User, User.id == own.mentor_id).where(is_own)
    answered = (
        mentors.join(Review, Review.reviewer_id == own.mentor_id)
        .join(Submission, Submission.id == Review.submission_id)
        .where(*_counts())
        .add_columns(Submission.id.label("submission_id"), Submission.submitted_at, Review.reviewed_at)
    )
    waiting = (
        mentors.join(Mentorship, Mentorship.mentor_id == own.mentor_id)
        .join(Enrollment, covers_enrollment())
        .join(Submission, Submission.enrollment_id == Enrollment.id)
        .where(Submission.state == inline_literal(SubmissionState.OPEN))
        .add_columns(Submission.id, Submission.submitted_at, cast(null(), UtcDateTime()))
    )
    return union_all(answered, waiting)


_WAITS: Any = _waits_of(bindparam("learner_id"))
