"""All mentees of a mentor: where each is on a roadmap, and why some need attention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.cache.states import States, by_key, states_by_ids
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.change_summaries import difference
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.numbers import Numbers, count_extra, sum_totals
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.learning.replay import StatesById
from roadmap.domain.learning.targets import Outlook, Track, outlook_of
from roadmap.domain.local_dates import day_in, recorded_day
from roadmap.domain.mentoring.attention import Concern, concerns_about
from roadmap.queries.learning.earlier_plans import EarlierPlan, claimed_on_that_day, earlier_plans_of
from roadmap.queries.mentoring.mentee_rows import MENTORED
from roadmap.queries.mentoring.queues import QueueItem, queue_items

CHANGE_DAYS = 30
_STILL_RETURNED = {Status.DONE, Status.IN_PROGRESS}


class LeftOut(StrEnum):
    """Enrollments that need no attention, and are only listed where they are asked for."""

    PAUSED = "paused"
    COMPLETE = "complete"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class MenteeRow:
    """One mentee on one roadmap.

    `change` are the percentage points by which claimed has risen over the last 30 days, None
    where it has no percent now or had none then. `waiting` counts submissions and questions, `returned` work
    that was not submitted again; each has the moment of the oldest. `last_activity` is the learner's own,
    `contact_at` this mentor's last review, or the start of the mentorship.
    """

    mentorship: str
    enrollment: str
    name: str
    roadmap: str
    language: str
    state: str
    numbers: Numbers
    change: int | None
    waiting: int
    waiting_since: datetime | None
    returned: int
    returned_at: datetime | None
    last_activity: datetime
    contact_at: datetime
    outlook: Outlook
    concerns: tuple[Concern, ...]

    @property
    def track(self) -> Track | None:
        return self.outlook.track

    @property
    def target_on(self) -> date | None:
        return self.outlook.target_on

    @property
    def left_out(self) -> LeftOut | None:
        """Why it is not among those that may need attention."""
        if self.state == LeftOut.ARCHIVED:
            return LeftOut.ARCHIVED
        if self.track is Track.COMPLETE:
            return LeftOut.COMPLETE
        return LeftOut.PAUSED if self.state == LeftOut.PAUSED else None


def mentees_of(
    session: Session, *, seen_by: User, at: datetime, waiting: Sequence[QueueItem] | None = None
) -> list[MenteeRow]:
    """One row for each mentee and roadmap by name, in four statements at most, however many there are.

    `waiting` is the queue of this mentor, where it is known.
    """
    # Where two mentorships cover an enrollment, the earlier one is kept: rows come in descending order.
    views = session.connection().execute(MENTORED, {"person_id": seen_by.id})
    rows = list({row.id: row for row in views}.values())
    states = states_by_ids(session, rows)
    earlier = earlier_plans_of(session, {row.id: _day_of_comparison(row, at) for row in rows})
    queue = _by_enrollment(queue_items(session, seen_by=seen_by, at=at) if waiting is None else waiting)
    table = [
        _row(
            session, row, states[row.id], earlier=earlier[row.id], waiting=queue.get(row.public_id, ()), at=at
        )
        for row in rows
    ]
    return sorted(table, key=lambda row: (row.name.casefold(), row.roadmap))


def _day_of_comparison(row: Any, at: datetime) -> date:
    return recorded_day(row.time_zone, at, row.last_recorded_on) - timedelta(days=CHANGE_DAYS)


def _by_enrollment(waiting: Sequence[QueueItem]) -> Mapping[str, list[datetime]]:
    """The moments since when work and questions wait, by the enrollment's public id."""
    moments: dict[str, list[datetime]] = {}
    for item in waiting:
        moments.setdefault(item.enrollment, []).append(item.submitted_at)
    return moments


def _row(
    session: Session,
    row: Any,
    states: StatesById,
    *,
    earlier: EarlierPlan,
    waiting: Sequence[datetime],
    at: datetime,
) -> MenteeRow:
    stored = stored_outline(session, row.edition_id)
    plan, by_milestone = stored.plan_for(row.pathways), by_key(stored, states)
    totals = states.skill_totals(plan, by_milestone).values()
    numbers = sum_totals(plan, totals, count_extra(plan, by_milestone))
    returned = _returned(by_milestone)
    outlook = outlook_of(
        plan,
        by_milestone,
        Settings.of(row),
        earlier.state_changes,
        started_on=row.started_on,
        today=day_in(row.time_zone, at),
        totals=totals,
    )
    waiting_since, returned_at = min(waiting, default=None), min(returned, default=None)
    return MenteeRow(
        mentorship=row.mentorship,
        enrollment=row.public_id,
        name=row.name,
        roadmap=stored.outline.title,
        language=stored.outline.language,
        state=row.state.value,
        numbers=numbers,
        change=difference(claimed_on_that_day(session, earlier, states), numbers.claimed.percent),
        waiting=len(waiting),
        waiting_since=waiting_since,
        returned=len(returned),
        returned_at=returned_at,
        last_activity=row.activity,
        contact_at=row.contact or row.started_at,
        outlook=outlook,
        concerns=concerns_about(
            waiting_since=waiting_since,
            returned_at=returned_at,
            active_at=row.activity,
            is_late=outlook.is_late,
            at=at,
        ),
    )


def _returned(states: States) -> list[datetime]:
    """When the work was returned that waits to be submitted again."""
    return [
        state.reviewed_at
        for state in states.values()
        if state.verification is Verification.RETURNED
        and state.status in _STILL_RETURNED
        and state.reviewed_at is not None
    ]
