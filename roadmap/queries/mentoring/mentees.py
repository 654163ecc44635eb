"""All mentees of a mentor as a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from roadmap.cache.editions import stored_outline
from roadmap.cache.states import by_key, states_by_ids
from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.learning.enrollments import Enrollment, Settings
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.milestone_states import StatesById
from roadmap.domain.learning.numbers import Numbers
from roadmap.domain.learning.targets import Track, outlook_of
from roadmap.domain.local_dates import day_in
from roadmap.domain.mentoring.mentorships import Mentorship, covers_enrollment
from roadmap.domain.mentoring.reviews import Review
from roadmap.domain.mentoring.submissions import Submission, SubmissionState
from roadmap.queries.learning.forecasts import enrollment_states_of


class MenteeOrder(StrEnum):
    """By what the table is sorted."""

    NAME = "name"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    ACTIVITY = "activity"
    WAITING = "waiting"
    CONTACT = "contact"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class MenteeRow:
    """One mentee on one roadmap; `last_activity` is the learner's own, `contact` the time since this mentor's
    last review, or since the beginning, at `contact_at`.

    `track` compares the target with the forecast; None without a target and where nothing is expected.
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
    target_on: date | None
    track: Track | None


def mentees_of(
    session: Session, *, seen_by: User, at: datetime, order: MenteeOrder = MenteeOrder.NAME, words: str = ""
) -> list[MenteeRow]:
    """One row for each mentee and roadmap, in three statements at most, however many there are."""
    # Where two mentorships cover an enrollment, the earlier one is kept: rows come in descending order.
    found = session.connection().execute(_MENTORED, {"person_id": seen_by.id})
    rows = list({row.id: row for row in found}.values())
    states = states_by_ids(session, rows)
    tracks = _tracks_of(session, rows, states, at)
    table = [_row(session, row, states[row.id], tracks.get(row.id), at) for row in rows]
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
            Enrollment.started_on,
            Enrollment.pathways,
            Enrollment.weekly_hours,
            Enrollment.target_on,
            Enrollment.state,
            Enrollment.shows_forecast,
            User.name,
            User.time_zone,
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


def _tracks_of(
    session: Session, rows: Sequence[Any], states: Mapping[int, StatesById], at: datetime
) -> dict[int, Track | None]:
    """How each enrollment with a target compares with it, by id, in one statement at most."""
    aimed = [row for row in rows if row.target_on is not None]
    changes = enrollment_states_of(session, [row.id for row in aimed]) if aimed else {}
    tracks = {}
    for row in aimed:
        stored = stored_outline(session, row.edition_id)
        outlook = outlook_of(
            stored.plan_for(row.pathways),
            by_key(stored, states[row.id]),
            Settings(tuple(row.pathways), row.weekly_hours, row.target_on, row.state, row.shows_forecast),
            changes[row.id],
            started_on=row.started_on,
            today=day_in(row.time_zone, at),
        )
        tracks[row.id] = outlook.track
    return tracks


def _row(session: Session, row: Any, states: StatesById, track: Track | None, at: datetime) -> MenteeRow:
    contact_at = row.contact or row.started_at
    stored = stored_outline(session, row.edition_id)
    return MenteeRow(
        mentorship=row.mentorship,
        enrollment=row.public_id,
        name=row.name,
        roadmap=stored.outline.title,
        state=row.state.value,
        numbers=states.numbers(stored.plan_for(row.pathways), stored.ids),
        last_activity=row.activity,
        waiting=row.waiting,
        contact_at=contact_at,
        contact=at - contact_at,
        target_on=row.target_on,
        track=track,
    )


# Late ones first: they need the mentor most.
_TRACKS = (Track.LATE, Track.ON_TRACK, Track.COMPLETE, None)
_ORDERS: Mapping[MenteeOrder, Callable[[MenteeRow], tuple[Any, ...]]] = {
    MenteeOrder.NAME: lambda _: (),
    MenteeOrder.CLAIMED: lambda row: (-(row.numbers.claimed.percent or 0),),
    MenteeOrder.VERIFIED: lambda row: (-(row.numbers.verified.percent or 0),),
    MenteeOrder.ACTIVITY: lambda row: (-row.last_activity.timestamp(),),
    MenteeOrder.WAITING: lambda row: (-row.waiting,),
    MenteeOrder.CONTACT: lambda row: (-row.contact,),
    MenteeOrder.TARGET: lambda row: (_TRACKS.index(row.track), row.target_on or date.max),
}


def _sort_key(row: MenteeRow, order: MenteeOrder) -> tuple[Any, ...]:
    return (*_ORDERS[order](row), row.name.casefold(), row.roadmap)
