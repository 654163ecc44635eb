"""All mentees of a mentor as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from roadmap.cache.editions import stored_outline
from roadmap.cache.states import states_by_ids
from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.numbers import Numbers
from roadmap.domain.mentoring.mentorships import Mentorship, covers_enrollment
from roadmap.domain.mentoring.reviews import Review
from roadmap.domain.mentoring.submissions import Submission, SubmissionState


class MenteeOrder(StrEnum):
    """By what the table is sorted."""

    NAME = "name"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    ACTIVITY = "activity"
    WAITING = "waiting"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class MenteeRow:
    """One mentee on one roadmap; `last_activity` is the learner's own, `contact` the time since this mentor's
    last review, or since the beginning, at `contact_at`.
    """

    mentorship: str
    enrollment: str
    name: str
    roadmap: str
    state: str
    numbers: Numbers
    last_activity: datetime
    waiting: int
    contact_at: datetime
    contact: timedelta


def mentees_of(
    session: Session, *, seen_by: User, at: datetime, order: MenteeOrder = MenteeOrder.NAME, words: str = ""
) -> list[MenteeRow]:
    """One row for each mentee and roadmap, in two statements at most, however many there are."""
    # Where two mentorships cover an enrollment, the earlier one is kept: rows come in descending order.
    found = session.connection().execute(_MENTORED, {"person_id": seen_by.id})
    rows = list({row.id: row for row in found}.values())
    numbers = _numbers_of(session, rows)
    table = [_row(session, row, numbers[row.id], at) for row in rows]
    wanted = words.casefold()
    shown = [row for row in table if wanted in f"{row.name} {row.roadmap}".casefold()]
    return sorted(shown, key=lambda row: _sort_key(row, order))


def _last_activity() -> Any:
    """When the learner last did something that a mentor sees; notes are private, even that there is one."""
    own = aliased(Event)
    is_note = own.kind == EventKind.NOTE_SET
    by_learner = (own.enrollment_id == Enrollment.id, own.actor_id == Enrollment.user_id, ~is_note)
    latest = select(own.recorded_at).where(*by_learner).order_by(own.number.desc()).limit(1)
    return latest.correlate(Enrollment).scalar_subquery()


def _count_waiting() -> Any:
    is_open = (Submission.enrollment_id == Enrollment.id, Submission.state == SubmissionState.OPEN)
    return select(func.count()).where(*is_open).correlate(Enrollment).scalar_subquery()


def _last_review_by(mentor: User) -> Any:
    given = (
        select(func.max(Review.reviewed_at))
        .join(Submission, Submission.id == Review.submission_id)
        .where(Submission.enrollment_id == Enrollment.id, Review.reviewer_id == mentor.id)
    )
    return given.correlate(Enrollment).scalar_subquery()


def _mentored(mentor: User) -> Any:
    return (
        select(
            Mentorship.public_id.label("mentorship"),
            Mentorship.started_at,
            Enrollment.id,
            Enrollment.public_id,
            Enrollment.edition_id,
            Enrollment.last_number,
            Enrollment.pathways,
            Enrollment.state,
            User.name,
            _last_activity().label("activity"),
            _count_waiting().label("waiting"),
            _last_review_by(mentor).label("contact"),
        )
        .join(Enrollment, covers_enrollment())
        .join(User, User.id == Enrollment.user_id)
        .where(Mentorship.mentor_id == mentor.id)
        .order_by(Mentorship.id.desc())
    )


_MENTORED = _mentored(CURRENT_PERSON)


def _numbers_of(session: Session, rows: Sequence[Any]) -> dict[int, Numbers]:
    """Both numbers of each enrollment by its id, in one statement at most."""
    states = states_by_ids(session, rows)
    numbers = {}
    for row in rows:
        stored = stored_outline(session, row.edition_id)
        numbers[row.id] = states[row.id].numbers(stored.plan_for(row.pathways), stored.ids)
    return numbers


def _row(session: Session, row: Any, numbers: Numbers, at: datetime) -> MenteeRow:
    contact_at = row.contact or row.started_at
    return MenteeRow(
        mentorship=row.mentorship,
        enrollment=row.public_id,
        name=row.name,
        roadmap=stored_outline(session, row.edition_id).outline.title,
        state=row.state.value,
        numbers=numbers,
        last_activity=row.activity,
        waiting=row.waiting,
        contact_at=contact_at,
        contact=at - contact_at,
    )


def _sort_key(row: MenteeRow, order: MenteeOrder) -> tuple[Any, ...]:
    by_name = (row.name.casefold(), row.roadmap)
    match order:
        case MenteeOrder.CLAIMED:
            return (-(row.numbers.claimed.percent or 0), *by_name)
        case MenteeOrder.VERIFIED:
            return (-(row.numbers.verified.percent or 0), *by_name)
        case MenteeOrder.ACTIVITY:
            return (-row.last_activity.timestamp(), *by_name)
        case MenteeOrder.WAITING:
            return (-row.waiting, *by_name)
        case MenteeOrder.CONTACT:
            return (-row.contact, *by_name)
        case _:
            return by_name
