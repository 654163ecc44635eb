"""The milestone states of enrollments, cached with the number of the last event."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import and_, bindparam, false, func, select
from sqlalchemy.orm import Session, aliased

from roadmap.cache.caches import Cache, caches_of
from roadmap.cache.editions import StoredOutline
from roadmap.domain.base import inline_literal
from roadmap.domain.learning.events import OF_VERIFICATION
from roadmap.domain.learning.progress import STATE_COLUMNS, UNTOUCHED, MilestoneState, Progress
from roadmap.domain.learning.replay import StatesById
from roadmap.domain.mentoring.submissions import Review, Submission, SubmissionState

States = dict[str, MilestoneState]


class HasLastEvent(Protocol):
    """An enrollment with the number of the last event that the session sees: the row or its view."""

    @property
    def id(self) -> int: ...
    @property
    def public_id(self) -> str: ...
    @property
    def last_number(self) -> int: ...


class HasOutline(HasLastEvent, Protocol):
    """An enrollment with the outline that it follows."""

    @property
    def stored(self) -> StoredOutline: ...


_IS_OPEN = and_(
    Submission.enrollment_id == Progress.enrollment_id,
    Submission.milestone_id == Progress.milestone_id,
    Submission.state == inline_literal(SubmissionState.OPEN),
)
_REVIEWED = aliased(Submission)
_STORED = (
    select(Progress.enrollment_id, Progress.milestone_id, *STATE_COLUMNS)
    .add_columns(Submission.submitted_at, Review.reviewed_at, func.coalesce(_REVIEWED.signed_off, false()))
    .select_from(Progress)
    .outerjoin(Submission, _IS_OPEN)
    .outerjoin(Review, Review.id == Progress.review_id)
    .outerjoin(_REVIEWED, _REVIEWED.id == Review.submission_id)
    .where(Progress.enrollment_id.in_(bindparam("enrollment_ids", expanding=True)))
)


def states_in(session: Session, enrollment: HasOutline) -> States:
    """The states of the enrollment's milestones that have one, by key, for the edition it follows."""
    return by_key(enrollment.stored, states_by_id(session, enrollment))


def by_key(stored: StoredOutline, states: StatesById) -> States:
    """The states of the milestones that this edition has, by key."""
    keys = stored.keys
    return {keys[number]: milestone_state for number, milestone_state in states.items() if number in keys}


def states_of(session: Session, enrollments: Sequence[HasOutline]) -> dict[int, States]:
    """The same for several enrollments in one statement at most, by enrollment id."""
    by_id = states_by_ids(session, enrollments)
    return {enrollment.id: by_key(enrollment.stored, by_id[enrollment.id]) for enrollment in enrollments}


def state_of(session: Session, enrollment: HasLastEvent, milestone_id: int) -> MilestoneState:
    return states_by_id(session, enrollment).get(milestone_id, UNTOUCHED)


def states_by_id(session: Session, enrollment: HasLastEvent) -> StatesById:
    """The states as of the last event that this session sees, by milestone id."""
    return states_by_ids(session, [enrollment])[enrollment.id]


def states_by_ids(session: Session, enrollments: Sequence[HasLastEvent]) -> dict[int, StatesById]:
    """The same for several enrollments: one statement for all that are not cached, by enrollment id."""
    cache = _cache(session)
    result: dict[int, StatesById] = {}
    missing: dict[int, HasLastEvent] = {}
    for enrollment in enrollments:
        cached = cache.find(enrollment.public_id)
        if cached is not None and cached[0] == enrollment.last_number:
            result[enrollment.id] = cached[1]
        else:
            missing[enrollment.id] = enrollment
    if missing:
        for enrollment_id, states in read_states(session, list(missing)).items():
            enrollment = missing[enrollment_id]
            cache.put(enrollment.public_id, enrollment.last_number, states)
            result[enrollment_id] = states
    return result


def apply_events(session: Session, enrollment: HasLastEvent, rows: Sequence[Mapping[str, Any]]) -> None:
    """Apply the events that now follow the enrollment's last one, where its states are cached.

    The session shares the result once it has committed. After events of a submission or a review the states
    are read again, because these events don't have the moments of both.
    """
    if any(row["kind"] in OF_VERIFICATION for row in rows):
        return
    cached = _cache(session).find(enrollment.public_id)
    if cached is not None and cached[0] == enrollment.last_number:
        number = enrollment.last_number + len(rows)
        _cache(session).put(enrollment.public_id, number, cached[1].after(rows))


def _cache(session: Session) -> Cache[str, StatesById]:
    return caches_of(session).states


def read_states(session: Session, enrollment_ids: list[int]) -> dict[int, StatesById]:
    """The stored states by enrollment id, without the cache."""
    states: dict[int, dict[int, MilestoneState]] = {number: {} for number in enrollment_ids}
    for row in session.connection().execute(_STORED, {"enrollment_ids": enrollment_ids}):
        states[row[0]][row[1]] = MilestoneState._make(row[2:])
    return {number: StatesById(by_id) for number, by_id in states.items()}
