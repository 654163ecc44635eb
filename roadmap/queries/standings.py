"""Where the milestones of enrollments stand: read once, then brought up to date by newer events alone."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from roadmap.domain.events import Event
from roadmap.domain.folds import SETS, standing_after
from roadmap.domain.progress import STANDING_COLUMNS, UNTOUCHED, Progress, Standing
from roadmap.queries.enrollments import EnrollmentView

KEPT_ENROLLMENTS = 256
MOST_NEWER = 50

Standings = dict[str, Standing]
ById = dict[int, Standing]

_STORED = select(Progress.milestone_id, *STANDING_COLUMNS).where(
    Progress.enrollment_id == bindparam("enrollment_id")
)
_STORED_OF = select(Progress.enrollment_id, Progress.milestone_id, *STANDING_COLUMNS).where(
    Progress.enrollment_id.in_(bindparam("enrollment_ids", expanding=True))
)
_NEWER = (
    select(Event.kind, Event.milestone_id, *(getattr(Event, name) for name in Standing._fields))
    .where(Event.enrollment_id == bindparam("enrollment_id"), Event.number > bindparam("number"))
    .order_by(Event.number)
)


def standings_in(session: Session, enrollment: EnrollmentView) -> Standings:
    """Where the touched milestones of the enrollment's edition stand, by key."""
    keys = enrollment.stored.keys
    found = _standings_by_id(session, enrollment)
    return {keys[number]: standing for number, standing in found.items() if number in keys}


def standings_of(session: Session, enrollments: Sequence[EnrollmentView]) -> dict[int, Standings]:
    """The same for several enrollments in one statement, by enrollment id."""
    by_id: Mapping[int, EnrollmentView] = {each.id: each for each in enrollments}
    found: dict[int, Standings] = {number: {} for number in by_id}
    for row in session.connection().execute(_STORED_OF, {"enrollment_ids": list(by_id)}):
        key = by_id[row[0]].stored.keys.get(row[1])
        if key is not None:
            found[row[0]][key] = Standing._make(row[2:])
    return found


def _standings_by_id(session: Session, enrollment: EnrollmentView) -> ById:
    """As of the last event this session sees; what the events up to a number add up to never changes."""
    kept: OrderedDict[str, tuple[int, ById]] = session.info.setdefault("standings", OrderedDict())
    number, standings = kept.get(enrollment.public_id, (0, {}))
    newer = enrollment.last_number - number
    if newer == 0:
        return standings
    if number and 0 < newer <= MOST_NEWER:
        standings = _brought_up(session, enrollment.id, number, standings)
    else:
        standings = _stored(session, enrollment.id)
    kept.pop(enrollment.public_id, None)
    kept[enrollment.public_id] = (enrollment.last_number, standings)
    if len(kept) > KEPT_ENROLLMENTS:
        kept.popitem(last=False)
    return standings


def _stored(session: Session, enrollment_id: int) -> ById:
    rows = session.connection().execute(_STORED, {"enrollment_id": enrollment_id})
    return {row[0]: Standing._make(row[1:]) for row in rows}


def _brought_up(session: Session, enrollment_id: int, number: int, standings: ById) -> ById:
    """The standings as of that event with what later events made of them."""
    later = dict(standings)
    for event in session.connection().execute(_NEWER, {"enrollment_id": enrollment_id, "number": number}):
        if event.kind in SETS:
            before = later.get(event.milestone_id, UNTOUCHED)
            later[event.milestone_id] = standing_after(before, event)
    return later
