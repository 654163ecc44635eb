"""The mentor's queue: submissions waiting for a review, oldest first, and who claimed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, exists, literal, tuple_
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.base import UtcDateTime
from roadmap.domain.mentoring.submissions import Claim, Submission, SubmissionState, submissions_reviewed_by
from roadmap.queries.mentoring.queue_rows import WAITING


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A submission or a question that waits; `claimed_by` has a claim that has not expired.

    A question has the public id of its message, and is answered on the page of its milestone.
    """

    public_id: str
    is_question: bool
    enrollment: str
    milestone: str | None
    title: str
    learner: str
    learner_id: str
    roadmap: str
    language: str
    slug: str
    submitted_at: datetime
    waited: timedelta
    round: int
    claimed_by: str | None
    claimed_until: datetime | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to filter by; `language` is that of the title, empty where nobody said it."""

    value: str
    title: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """The filtered queue of a mentor; without filters `waiting` counts all that waits.

    `waits` are the times that submissions have waited.
    """

    items: tuple[QueueItem, ...]
    waits: tuple[timedelta, ...]
    mentees: tuple[Choice, ...]
    roadmaps: tuple[Choice, ...]
    mentee: str
    roadmap: str
    waiting: int


def filter_queue(items: Sequence[QueueItem], *, mentee: str = "", roadmap: str = "") -> Queue:
    """The queue of one mentee, by public id, on one roadmap, by slug; empty for all."""
    return Queue(
        items=tuple(item for item in items if mentee in {"", item.learner_id} and roadmap in {"", item.slug}),
        waits=tuple(item.waited for item in items if not item.is_question),
        waiting=len(items),
        mentees=_choices([Choice(item.learner_id, item.learner) for item in items]),
        roadmaps=_choices([Choice(item.slug, item.roadmap, item.language) for item in items]),
        mentee=mentee,
        roadmap=roadmap,
    )


def queue_items(session: Session, *, seen_by: User, at: datetime) -> list[QueueItem]:
    """Everything open that this person may answer, the longest waiting first, in one statement."""
    rows = session.connection().execute(WAITING, {"person_id": seen_by.id})
    return [
        _item(row, seen_by, at)
        for row in sorted(rows, key=lambda row: (row.submitted_at, row.is_question, row.id))
    ]


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


def _item(row: Any, person: User, at: datetime) -> QueueItem:
    is_claimed = row.expires_at is not None and row.expires_at > at
    return QueueItem(
        public_id=row.public_id,
        is_question=bool(row.is_question),
        enrollment=row.enrollment,
        milestone=row.milestone,
        title=row.title,
        learner=row.learner,
        learner_id=row.learner_id,
        roadmap=row.roadmap,
        language=row.language,
        slug=row.slug,
        submitted_at=row.submitted_at,
        waited=at - row.submitted_at,
        round=row.round,
        claimed_by=row.holder if is_claimed else None,
        claimed_until=row.expires_at if is_claimed else None,
        is_mine=is_claimed and row.mentor_id == person.id,
    )


def _choices(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(set(choices), key=lambda choice: choice.title.casefold()))
