"""Where the milestones of enrollments stand: read once, then kept and brought further by newer events."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from roadmap.domain.events import Event
from roadmap.domain.progress import STANDING_COLUMNS, UNTOUCHED, Progress, Standing
from roadmap.domain.standings import ById, Keyed
from roadmap.outlines import StoredOutline

KEPT_ENROLLMENTS = 256
MOST_NEWER = 50

Standings = dict[str, Standing]
Kept = OrderedDict[str, tuple[int, ById]]
_NOTHING: Kept = OrderedDict()


class Numbered(Protocol):
    """An enrollment with the number of the last event that the session sees: the row or its view."""

    @property
    def id(self) -> int: ...
    @property
    def public_id(self) -> str: ...
    @property
    def last_number(self) -> int: ...


class Viewed(Numbered, Protocol):
    """An enrollment with the outline that it follows."""

    @property
    def stored(self) -> StoredOutline: ...


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


def standings_in(session: Session, enrollment: Viewed) -> Standings:
    """Where the touched milestones of the enrollment's edition stand, by key."""
    return by_key(enrollment.stored, standings_by_id(session, enrollment))


def by_key(stored: StoredOutline, standings: ById) -> Standings:
    """The standings of the milestones that this edition has, by key."""
    keys = stored.keys
    return {keys[number]: standing for number, standing in standings.items() if number in keys}


def keyed(stored: StoredOutline, standings: ById) -> Keyed:
    """The same for whoever asks for a few of them only."""
    return Keyed(standings, stored.ids)


def standings_of(session: Session, enrollments: Sequence[Viewed]) -> dict[int, Standings]:
    """The same for several enrollments in one statement, by enrollment id."""
    by_id: Mapping[int, Viewed] = {each.id: each for each in enrollments}
    found: dict[int, Standings] = {number: {} for number in by_id}
    for row in session.connection().execute(_STORED_OF, {"enrollment_ids": list(by_id)}):
        key = by_id[row[0]].stored.keys.get(row[1])
        if key is not None:
            found[row[0]][key] = Standing._make(row[2:])
    return found


def standing_of(session: Session, enrollment: Numbered, milestone_id: int) -> Standing:
    """Where one milestone stands on record."""
    return standings_by_id(session, enrollment).get(milestone_id, UNTOUCHED)


def standings_by_id(session: Session, enrollment: Numbered) -> ById:
    """As of the last event this session sees; what the events up to a number add up to never changes."""
    number, standings = _found(session, enrollment.public_id)
    newer = enrollment.last_number - number
    if newer == 0:
        return standings
    if number and 0 < newer <= MOST_NEWER:
        standings = _brought_up(session, enrollment.id, number, standings)
    else:
        standings = _stored(session, enrollment.id)
    _keep(session, enrollment.public_id, enrollment.last_number, standings)
    return standings


def bring_further(session: Session, enrollment: Numbered, rows: Sequence[Mapping[str, Any]]) -> None:
    """Apply the events that now follow the enrollment's last one, if its standings are at hand."""
    number, standings = _found(session, enrollment.public_id)
    if number and number == enrollment.last_number:
        _keep(session, enrollment.public_id, number + len(rows), standings.after(rows))


def keep_committed(session: Session) -> None:
    """Hand on what a session that wrote knows; before its commit it knew what may never come to be."""
    staged: Kept = session.info["staged"]
    for public_id, (number, standings) in staged.items():
        _put(session.info["standings"], public_id, number, standings)
    staged.clear()


def _found(session: Session, public_id: str) -> tuple[int, ById]:
    staged: Kept = session.info.get("staged", _NOTHING)
    kept: Kept = session.info.get("standings", _NOTHING)
    return staged.get(public_id) or kept.get(public_id) or (0, ById())


def _keep(session: Session, public_id: str, number: int, standings: ById) -> None:
    """A session that writes only stages; one of a single use keeps nothing."""
    kept: Kept | None = session.info.get("staged", session.info.get("standings"))
    if kept is not None:
        _put(kept, public_id, number, standings)


def _put(kept: Kept, public_id: str, number: int, standings: ById) -> None:
    kept.pop(public_id, None)
    kept[public_id] = (number, standings)
    if len(kept) > KEPT_ENROLLMENTS:
        kept.popitem(last=False)


def _stored(session: Session, enrollment_id: int) -> ById:
    rows = session.connection().execute(_STORED, {"enrollment_id": enrollment_id})
    return ById((row[0], Standing._make(row[1:])) for row in rows)


def _brought_up(session: Session, enrollment_id: int, number: int, standings: ById) -> ById:
    """The standings as of that event with what later events made of them."""
    newer = session.connection().execute(_NEWER, {"enrollment_id": enrollment_id, "number": number})
    return standings.after(newer.mappings())
