"""Compares what is stored about every enrollment with the replay of its events."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.cache.states import read_states
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import Event
from roadmap.domain.learning.evidence import Evidence
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState
from roadmap.domain.learning.replay import replay_events
from roadmap.queries.reports.reports import events_of

BATCH = 100


def record_faults(session: Session) -> Iterator[str]:
    """A sentence for each enrollment whose stored state differs from its events; reads all of them."""
    after = 0
    while batch := _enrollments(session, after):
        yield from _faults_in(session, batch)
        after = batch[-1].id
        session.expunge_all()


def _enrollments(session: Session, after: int) -> Sequence[Enrollment]:
    query = select(Enrollment).where(Enrollment.id > after).order_by(Enrollment.id)
    return session.scalars(query.limit(BATCH)).all()


def _faults_in(session: Session, enrollments: Sequence[Enrollment]) -> Iterator[str]:
    ids = [enrollment.id for enrollment in enrollments]
    events, states = events_of(session, ids), read_states(session, ids)
    evidence, last = _evidence(session, ids), _last_numbers(session, ids)
    for enrollment in enrollments:
        number = enrollment.id
        state = replay_events(events[number])
        faults = {
            "its last event": last.get(number, (0, 0)) == (enrollment.last_number,) * 2,
            "its edition": state.edition_id == enrollment.edition_id,
            "its settings": state.settings == enrollment.settings,
            "its evidence": state.evidence == evidence[number],
            "the progress on its milestones": _touched(state.states) == _touched(states[number]),
        }
        if wrong := [name for name, is_right in faults.items() if not is_right]:
            yield f"in enrollment {enrollment.public_id}, {' and '.join(wrong)}"


def _evidence(session: Session, ids: list[int]) -> Mapping[int, dict[int, int | None]]:
    columns = (Evidence.enrollment_id, Evidence.id, Evidence.revision_id)
    revisions: dict[int, dict[int, int | None]] = defaultdict(dict)
    for enrollment_id, evidence_id, revision_id in session.execute(
        select(*columns).where(Evidence.enrollment_id.in_(ids))
    ):
        revisions[enrollment_id][evidence_id] = revision_id
    return revisions


def _last_numbers(session: Session, ids: list[int]) -> dict[int, tuple[int, int]]:
    """How many events each enrollment has, and the number of the last one."""
    query = select(Event.enrollment_id, func.count(), func.max(Event.number))
    rows: Any = session.execute(query.where(Event.enrollment_id.in_(ids)).group_by(Event.enrollment_id))
    return {number: (count, last) for number, count, last in rows}


def _touched(states: Mapping[int, MilestoneState]) -> dict[int, MilestoneState]:
    return {number: state for number, state in states.items() if state != UNTOUCHED}
