"""The mentor's queue: submissions and questions that wait, oldest first, and who claimed them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, exists, false, func, literal, null, select, true, tuple_, union_all
from sqlalchemy.orm import Session, aliased

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.base import UtcDateTime, inline_literal
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.messages import Message, questions_for
from roadmap.domain.mentoring.submissions import Claim, Submission, SubmissionState, submissions_reviewed_by
from roadmap.domain.roadmaps.editions import MilestoneText
from roadmap.domain.roadmaps.roadmaps import Edition, Milestone, Roadmap

_LEARNER, _HOLDER = aliased(User), aliased(User)
_ROUNDS = aliased(Submission)
_LEARNER_COLUMNS = (
    *(_LEARNER.name.label("learner"), _LEARNER.public_id.label("learner_id")),
    *(Edition.title.label("roadmap"), Edition.language, Roadmap.slug),
)


def _count_rounds() -> Any:
    """How often the milestone was submitted up to this submission, without what was withdrawn."""
    counted = select(func.count()).where(
        *(_ROUNDS.enrollment_id == Submission.enrollment_id, _ROUNDS.milestone_id == Submission.milestone_id),
        *(_ROUNDS.state != SubmissionState.WITHDRAWN, ~_ROUNDS.signed_off, _ROUNDS.id <= Submission.id),
    )
    return counted.correlate(Submission).scalar_subquery()


def _with_learner(scope: Any) -> Any:
    return (
        scope.join(_LEARNER, _LEARNER.id == Enrollment.user_id)
        .join(Roadmap, Roadmap.id == Enrollment.roadmap_id)
        .join(Edition, Edition.id == Enrollment.edition_id)
    )


def _open_for(person: User) -> Any:
    return (
        _with_learner(submissions_reviewed_by(person))
        .outerjoin(Claim, Claim.submission_id == Submission.id)
        .outerjoin(_HOLDER, _HOLDER.id == Claim.mentor_id)
        .where(Submission.state == inline_literal(SubmissionState.OPEN))
        .with_only_columns(
            Submission.id,
            false().label("is_question"),
            Submission.public_id,
            Enrollment.public_id.label("enrollment"),
            null().label("milestone"),
            Submission.title,
            Submission.submitted_at,
            *_LEARNER_COLUMNS,
            *(_HOLDER.name.label("holder"), Claim.mentor_id, Claim.expires_at),
            _count_rounds().label("round"),
        )
    )


def _questions_for(person: User) -> Any:
    """The questions that wait for this person, in the columns of submissions."""
    return (
        _with_learner(questions_for(person))
        .join(Milestone, Milestone.id == Message.milestone_id)
        .with_only_columns(
            Message.id,
            true(),
            Message.public_id,
            Enrollment.public_id,
            func.coalesce(MilestoneText.key, Milestone.key),
            MilestoneText.title,
            Message.created_at,
            *_LEARNER_COLUMNS,
            *(null(), null(), null(), literal(1)),
        )
    )


WAITING: Any = union_all(_open_for(CURRENT_PERSON), _questions_for(CURRENT_PERSON))


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
