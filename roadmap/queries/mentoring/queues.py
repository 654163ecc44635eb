"""The mentor's queue: submissions waiting for a review, oldest first, and who claimed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, exists, func, literal, select, tuple_
from sqlalchemy.orm import Session, aliased

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.base import UtcDateTime, inline_literal
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.submissions import Claim, Submission, SubmissionState, submissions_reviewed_by
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap

_LEARNER, _HOLDER = aliased(User), aliased(User)
_ROUNDS = aliased(Submission)


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A waiting submission; `claimed_by` is the name of the mentor whose claim has not expired."""

    public_id: str
    title: str
    learner: str
    learner_id: str
    roadmap: str
    slug: str
    submitted_at: datetime
    waited: timedelta
    round: int
    claimed_by: str | None
    claimed_until: datetime | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to filter by."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Queue:
    """The filtered queue of a mentor; `waits` are those of all waiting submissions, without filters."""

    items: tuple[QueueItem, ...]
    waits: tuple[timedelta, ...]
    mentees: tuple[Choice, ...]
    roadmaps: tuple[Choice, ...]
    mentee: str
    roadmap: str

    @property
    def waiting(self) -> int:
        """How many submissions wait, without filters."""
        return len(self.waits)


def find_queue(
    session: Session, *, seen_by: User, at: datetime, mentee: str = "", roadmap: str = ""
) -> Queue:
    """Everything open that this person may answer, the longest waiting first, in one statement."""
    items = queue_items(session, seen_by=seen_by, at=at)
    return Queue(
        items=tuple(item for item in items if mentee in {"", item.learner_id} and roadmap in {"", item.slug}),
        waits=tuple(item.waited for item in items),
        mentees=_choices([(item.learner_id, item.learner) for item in items]),
        roadmaps=_choices([(item.slug, item.roadmap) for item in items]),
        mentee=mentee,
        roadmap=roadmap,
    )


def queue_items(session: Session, *, seen_by: User, at: datetime) -> list[QueueItem]:
    """The queue without its filters."""
    rows = session.connection().execute(_OPEN, {"person_id": seen_by.id})
    return [_item(row, seen_by, at) for row in rows]


def next_in_queue(session: Session, *, seen_by: User, after: Submission, at: datetime) -> str | None:
    """The public id of the next submission that nobody else has claimed; the first one follows the last."""
    place = tuple_(Submission.submitted_at, Submission.id)
    is_before = place < tuple_(literal(after.submitted_at, UtcDateTime()), after.id)
    held = exists().where(
        Claim.submission_id == Submission.id, Claim.mentor_id != seen_by.id, Claim.expires_at > at
    )
    waiting = submissions_reviewed_by(seen_by).where(
        Submission.state == SubmissionState.OPEN, Submission.id != after.id, ~held
    )
    return session.scalar(
        waiting.with_only_columns(Submission.public_id)
        .order_by(case((is_before, 1), else_=0), Submission.submitted_at, Submission.id)
        .limit(1)
    )


def _count_rounds() -> Any:
    """How often the milestone was submitted up to this submission, without what was withdrawn."""
    of_milestone = (
        _ROUNDS.enrollment_id == Submission.enrollment_id,
        _ROUNDS.milestone_id == Submission.milestone_id,
    )
    counts = (_ROUNDS.state != SubmissionState.WITHDRAWN, ~_ROUNDS.signed_off, _ROUNDS.id <= Submission.id)
    counted = select(func.count()).where(*of_milestone, *counts)
    return counted.correlate(Submission).scalar_subquery()


def _open_for(person: User) -> Any:
    return (
        submissions_reviewed_by(person)
        .join(_LEARNER, _LEARNER.id == Enrollment.user_id)
        .join(Roadmap, Roadmap.id == Enrollment.roadmap_id)
        .join(Edition, Edition.id == Enrollment.edition_id)
        .outerjoin(Claim, Claim.submission_id == Submission.id)
        .outerjoin(_HOLDER, _HOLDER.id == Claim.mentor_id)
        .where(Submission.state == inline_literal(SubmissionState.OPEN))
        .order_by(Submission.submitted_at, Submission.id)
        .with_only_columns(
            Submission.public_id,
            Submission.title,
            Submission.submitted_at,
            _LEARNER.name.label("learner"),
            _LEARNER.public_id.label("learner_id"),
            Edition.title.label("roadmap"),
            Roadmap.slug,
            _HOLDER.name.label("holder"),
            Claim.mentor_id,
            Claim.expires_at,
            _count_rounds().label("round"),
        )
    )


_OPEN = _open_for(CURRENT_PERSON)


def _item(row: Any, person: User, at: datetime) -> QueueItem:
    is_claimed = row.expires_at is not None and row.expires_at > at
    return QueueItem(
        public_id=row.public_id,
        title=row.title,
        learner=row.learner,
        learner_id=row.learner_id,
        roadmap=row.roadmap,
        slug=row.slug,
        submitted_at=row.submitted_at,
        waited=at - row.submitted_at,
        round=row.round,
        claimed_by=row.holder if is_claimed else None,
        claimed_until=row.expires_at if is_claimed else None,
        is_mine=is_claimed and row.mentor_id == person.id,
    )


def _choices(pairs: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    return tuple(
        Choice(value, title) for value, title in sorted(set(pairs), key=lambda pair: pair[1].casefold())
    )
