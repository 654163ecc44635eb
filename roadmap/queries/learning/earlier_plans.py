"""What enrollments were like at the end of an earlier day, read from what was recorded after it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from roadmap.cache.editions import stored_outline
from roadmap.cache.states import by_key
from roadmap.domain.learning.enrollments import state_changes
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.numbers import sum_totals
from roadmap.domain.learning.progress import UNTOUCHED, Status
from roadmap.domain.learning.replay import StatesById
from roadmap.queries.learning.snapshots import StateChanges


@dataclass(frozen=True, slots=True)
class EarlierPlan:
    """The edition and the pathways of a past day, None before the start.

    `statuses` are those that milestones had then, by id, where they were set again later. `state_changes` are
    all days on which the settings were changed, up to now.
    """

    edition_id: int | None
    pathways: tuple[str, ...]
    statuses: Mapping[int, Status]
    state_changes: StateChanges


def _status_before() -> Any:
    """The status that a milestone had before the event that sets another."""
    earlier = aliased(Event)
    of_milestone = (earlier.enrollment_id == Event.enrollment_id, earlier.milestone_id == Event.milestone_id)
    is_earlier = (earlier.kind == EventKind.PROGRESS_SET, earlier.number < Event.number)
    latest = select(earlier.status).where(*of_milestone, *is_earlier).order_by(earlier.number.desc()).limit(1)
    return latest.correlate(Event).scalar_subquery()


_EVENTS: Any = (
    select(Event.enrollment_id, Event.recorded_on, Event.milestone_id, Event.edition_id, Event.settings)
    .add_columns(_status_before().label("status_before"))
    .where(
        Event.enrollment_id.in_(bindparam("enrollment_ids", expanding=True)),
        or_(
            Event.kind.in_([EventKind.SETTINGS_SET, EventKind.EDITION_SET]),
            and_(Event.kind == EventKind.PROGRESS_SET, Event.recorded_on > bindparam("since")),
        ),
    )
    .order_by(Event.enrollment_id, Event.number)
)


def earlier_plans_of(session: Session, days: Mapping[int, date]) -> dict[int, EarlierPlan]:
    """What each enrollment was like at the end of its day, by id, in one statement at most.

    Days never go back from one event to the next, so the status before the first event after a day is the
    status at its end.
    """
    if not days:
        return {}
    events: dict[int, list[Any]] = defaultdict(list)
    for row in session.connection().execute(
        _EVENTS, {"enrollment_ids": list(days), "since": min(days.values())}
    ):
        events[row.enrollment_id].append(row)
    return {number: _plan_on(day, events[number]) for number, day in days.items()}


def _plan_on(day: date, events: Sequence[Any]) -> EarlierPlan:
    then = [event for event in events if event.recorded_on <= day]
    settings: dict[str, Any] = _last(event.settings for event in then) or {}
    statuses: dict[int, Status] = {}
    for event in events:
        if event.milestone_id is not None and event.recorded_on > day:
            statuses.setdefault(event.milestone_id, event.status_before or Status.NOT_STARTED)
    return EarlierPlan(
        edition_id=_last(event.edition_id for event in then),
        pathways=tuple(settings.get("pathways", ())),
        statuses=statuses,
        state_changes=state_changes(events),
    )


def _last(values: Iterable[Any]) -> Any:
    """The last value that is not None."""
    return next((value for value in reversed([*values]) if value is not None), None)


def claimed_on_that_day(session: Session, plan: EarlierPlan, states: StatesById) -> int | None:
    """The claimed percent of the earlier day; `states` are those of now. 0 before the start."""
    if plan.edition_id is None:
        return 0
    stored = stored_outline(session, plan.edition_id)
    earlier = {
        number: states.get(number, UNTOUCHED)._replace(status=status)
        for number, status in plan.statuses.items()
    }
    then = StatesById({**states, **earlier}) if earlier else states
    plan_then = stored.plan_for(plan.pathways)
    totals = then.skill_totals(plan_then, by_key(stored, then))
    return sum_totals(plan_then, totals.values()).claimed.percent
