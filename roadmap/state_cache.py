"""Where the milestones of enrollments stand, cached under the number of the last event."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from roadmap.cache import Cache, caches_of
from roadmap.domain.learning.milestone_states import ById, Keyed
from roadmap.domain.learning.progress import STANDING_COLUMNS, UNTOUCHED, Progress, Standing
from roadmap.edition_cache import StoredOutline

Standings = dict[str, Standing]


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


_STORED = select(Progress.enrollment_id, Progress.milestone_id, *STANDING_COLUMNS).where(
    Progress.enrollment_id.in_(bindparam("enrollment_ids", expanding=True))
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
    """The same for several enrollments in one statement at most, by enrollment id."""
    by_id = standings_by_ids(session, enrollments)
    return {each.id: by_key(each.stored, by_id[each.id]) for each in enrollments}


def standing_of(session: Session, enrollment: Numbered, milestone_id: int) -> Standing:
    """Where one milestone stands on record."""
    return standings_by_id(session, enrollment).get(milestone_id, UNTOUCHED)


def standings_by_id(session: Session, enrollment: Numbered) -> ById:
    """As of the last event this session sees; what the events up to a number add up to never changes."""
    return standings_by_ids(session, [enrollment])[enrollment.id]


def standings_by_ids(session: Session, enrollments: Sequence[Numbered]) -> dict[int, ById]:
    """The same for several enrollments: one statement for all that are not cached, by enrollment id."""
    cache = _cache(session)
    result: dict[int, ById] = {}
    missing: dict[int, Numbered] = {}
    for enrollment in enrollments:
        cached = cache.find(enrollment.public_id)
        if cached is not None and cached[0] == enrollment.last_number:
            result[enrollment.id] = cached[1]
        else:
            missing[enrollment.id] = enrollment
    if missing:
        for enrollment_id, standings in _read(session, list(missing)).items():
            enrollment = missing[enrollment_id]
            cache.put(enrollment.public_id, enrollment.last_number, standings)
            result[enrollment_id] = standings
    return result


def bring_further(session: Session, enrollment: Numbered, rows: Sequence[Mapping[str, Any]]) -> None:
    """Apply the events that now follow the enrollment's last one, where its standings are cached.

    The session shares the result once it has committed.
    """
    cached = _cache(session).find(enrollment.public_id)
    if cached is not None and cached[0] == enrollment.last_number:
        number = enrollment.last_number + len(rows)
        _cache(session).put(enrollment.public_id, number, cached[1].after(rows))


def _cache(session: Session) -> Cache[str, ById]:
    return caches_of(session).states


def _read(session: Session, enrollment_ids: list[int]) -> dict[int, ById]:
    standings: dict[int, dict[int, Standing]] = {number: {} for number in enrollment_ids}
    for row in session.connection().execute(_STORED, {"enrollment_ids": enrollment_ids}):
        standings[row[0]][row[1]] = Standing._make(row[2:])
    return {number: ById(by_id) for number, by_id in standings.items()}
