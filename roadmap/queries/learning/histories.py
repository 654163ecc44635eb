"""The history of an enrollment: every change, newest first, and whether it can be undone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.evidence import EvidenceRevision
from roadmap.domain.learning.progress import Reason
from roadmap.domain.learning.replay import SETS
from roadmap.domain.learning.undo import blocking_changes
from roadmap.domain.roadmaps.roadmaps import Edition, Milestone
from roadmap.queries.learning.enrollment_views import EnrollmentPlan, EnrollmentView
from roadmap.queries.learning.event_views import EventView, Joined, OtherEditions, events_in

PAGE_CHANGES = 50


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The events of one action; `blocked_by` is the later change that its undo waits for.

    A sign-off is one event here: the submission that belongs to it is left out.
    """

    number: int
    undoes: int | None
    recorded_at: datetime
    recorded_on: date
    actor: str
    is_mine: bool
    events: tuple[EventView, ...]
    can_undo: bool
    blocked_by: int | None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of changes; `older` is the number before which the next page begins, None at the end."""

    enrollment: EnrollmentView
    changes: tuple[ChangeView, ...]
    older: int | None


_JOINED = (
    select(Event, User.name, Reason.text, EvidenceRevision.title, Edition.number, Milestone.key)
    .outerjoin(User, User.id == Event.actor_id)
    .outerjoin(Reason, Reason.id == Event.reason_id)
    .outerjoin(EvidenceRevision, EvidenceRevision.id == Event.revision_id)
    .outerjoin(Edition, Edition.id == Event.edition_id)
    .outerjoin(Milestone, Milestone.id == Event.milestone_id)
)


def find_history_page(
    session: Session, enrollment: EnrollmentView, *, seen_by: User, before: int | None = None
) -> HistoryPage:
    """One page of the history, newest first, below the change `before`."""
    changes = [
        change
        for change in changes_of(session, enrollment, seen_by=seen_by)
        if before is None or change.number < before
    ]
    older = changes[PAGE_CHANGES - 1].number if len(changes) > PAGE_CHANGES else None
    return HistoryPage(enrollment, tuple(changes[:PAGE_CHANGES]), older)


def changes_of(
    session: Session, enrollment: EnrollmentView, *, seen_by: User, milestone_key: str | None = None
) -> list[ChangeView]:
    """All changes, or those that touch one milestone, newest first, in one statement.

    A change blocks an undo only where both touch the same thing, so the events of one milestone suffice for
    it. One that touched other milestones too may still be refused when its undo is asked for.
    """
    query: Any = _JOINED.where(Event.enrollment_id == enrollment.id).order_by(Event.number)
    if milestone_key is not None:
        query = query.where(Event.milestone_id.in_(enrollment.stored.ids_of(milestone_key)))
    if not enrollment.is_own:
        query = query.where(Event.kind != EventKind.NOTE_SET)  # notes are private, even that there is one
    rows = session.execute(query).all()
    blocking = blocking_changes([row[0] for row in rows])
    others = OtherEditions(session, [row[0].edition_id for row in rows if row[0].edition_id is not None])
    return [_change(enrollment, others, rows, blocking, seen_by) for rows in reversed(_by_change(rows))]


def milestones_of_change(session: Session, enrollment: EnrollmentPlan, change: int) -> list[str]:
    """Keys of the milestones whose marks a change touched, empty when it touched anything else.

    Those that left the edition are on no page that shows marks.
    """
    of_change = (Event.enrollment_id == enrollment.id, Event.change == change)
    rows = session.execute(select(Event.kind, Event.milestone_id).where(*of_change)).all()
    marks = [row.milestone_id for row in rows if row.kind in SETS]
    keys = enrollment.stored.keys
    return (
        [keys[milestone_id] for milestone_id in marks if milestone_id in keys]
        if len(marks) == len(rows)
        else []
    )


def _by_change(rows: Iterable[Joined]) -> list[list[tuple[Joined, Settings | None]]]:
    """Rows grouped by change, each with the settings before it."""
    changes: dict[int, list[tuple[Joined, Settings | None]]] = defaultdict(list)
    settings: Settings | None = None
    for row in rows:
        event = row[0]
        changes[event.change].append((row, settings))
        if event.settings is not None:
            settings = Settings.from_json(event.settings)
    return list(changes.values())


def _change(
    enrollment: EnrollmentView,
    others: OtherEditions,
    rows: Sequence[tuple[Joined, Settings | None]],
    blocking: dict[int, int | None],
    seen_by: User,
) -> ChangeView:
    row, _ = rows[0]
    first, actor = row[0], row[1]
    blocked_by = blocking[first.change]
    kinds = {row[0].kind for row, _ in rows}
    is_mine, is_final = first.actor_id == seen_by.id, bool(kinds & {EventKind.ENROLLED, EventKind.REVIEWED})
    return ChangeView(
        number=first.change,
        undoes=first.undoes,
        recorded_at=first.recorded_at,
        recorded_on=first.recorded_on,
        actor=actor or "deleted account",
        is_mine=is_mine,
        events=tuple(events_in(enrollment, others, rows)),
        can_undo=is_mine and not is_final and blocked_by is None and not enrollment.is_archived,
        blocked_by=blocked_by,
    )
