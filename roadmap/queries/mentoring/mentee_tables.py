"""The mentees of a mentor as they are asked for: who needs attention, and all as a table in an order."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.targets import Track
from roadmap.domain.mentoring.attention import AttentionReason, need_of
from roadmap.queries.mentoring.mentees import LeftOut, MenteeRow, mentees_of
from roadmap.queries.mentoring.queues import QueueItem


class MenteeOrder(StrEnum):
    NEED = "need"
    NAME = "name"
    CLAIMED = "claimed"
    CHANGE = "change"
    VERIFIED = "verified"
    WAITING = "waiting"
    RETURNED = "returned"
    ACTIVITY = "activity"
    CONTACT = "contact"
    TARGET = "target"


HIGHEST_FIRST = frozenset(
    {MenteeOrder.NEED, MenteeOrder.CLAIMED, MenteeOrder.VERIFIED, MenteeOrder.WAITING, MenteeOrder.RETURNED}
)
"""What is sorted from the highest down unless it is asked for the other way round."""
_ALWAYS_LISTED = {None, LeftOut.PAUSED}


@dataclass(frozen=True, slots=True)
class MenteesQuery:
    """How mentees are filtered and sorted; `also` are those that are otherwise left out.

    `is_descending` is None for the direction in which the order is useful first.
    """

    order: MenteeOrder = MenteeOrder.NEED
    is_descending: bool | None = None
    words: str = ""
    reason: AttentionReason | None = None
    also: frozenset[LeftOut] = frozenset()

    @property
    def goes_down(self) -> bool:
        return self.order in HIGHEST_FIRST if self.is_descending is None else self.is_descending


@dataclass(frozen=True, slots=True)
class MenteeTable:
    """Mentees as they were asked for; those in `attention` have concerns, the most in need first.

    `reasons` and `left_out` count the mentees that each filter would show. `total` counts all of the table
    before reason and words were asked for.
    """

    rows: tuple[MenteeRow, ...]
    attention: tuple[MenteeRow, ...]
    reasons: Mapping[AttentionReason, int]
    in_need: int
    left_out: Mapping[LeftOut, int]
    total: int


def find_mentee_table(
    session: Session,
    asked: MenteesQuery,
    *,
    seen_by: User,
    at: datetime,
    waiting: Sequence[QueueItem] | None = None,
) -> MenteeTable:
    """The table in four statements at most; `waiting` is the queue of this mentor, where it is known."""
    return select_mentees(mentees_of(session, seen_by=seen_by, at=at, waiting=waiting), asked)


def select_mentees(rows: Sequence[MenteeRow], asked: MenteesQuery) -> MenteeTable:
    """Filter and sort rows that come sorted by name."""
    # Nobody needs attention where nothing is expected, unless it is asked for.
    seen = [row if row.left_out in {None, *asked.also} else replace(row, concerns=()) for row in rows]
    in_need = [row for row in seen if row.concerns]
    listed = [row for row in seen if row.left_out in {*_ALWAYS_LISTED, *asked.also}]
    wanted = asked.words.casefold()
    shown = [
        row for row in listed if _has(row, asked.reason) and wanted in f"{row.name} {row.roadmap}".casefold()
    ]
    return MenteeTable(
        rows=tuple(_sorted(shown, asked.order, is_descending=asked.goes_down)),
        attention=tuple(
            row for row in _sorted(in_need, MenteeOrder.NEED, is_descending=True) if _has(row, asked.reason)
        ),
        reasons=Counter(concern.reason for row in in_need for concern in row.concerns),
        in_need=len(in_need),
        left_out=Counter(row.left_out for row in rows if row.left_out is not None),
        total=len(listed),
    )


def _has(row: MenteeRow, reason: AttentionReason | None) -> bool:
    return reason is None or any(concern.reason is reason for concern in row.concerns)


# Late ones first: they need the mentor most.
_TRACKS = (Track.LATE, Track.ON_TRACK, Track.COMPLETE, None)
_VALUES: Mapping[MenteeOrder, Callable[[MenteeRow], Any]] = {
    MenteeOrder.NEED: lambda row: need_of(row.concerns),
    MenteeOrder.NAME: lambda row: row.name.casefold(),
    MenteeOrder.CLAIMED: lambda row: row.numbers.claimed.percent,
    MenteeOrder.CHANGE: lambda row: row.change,
    MenteeOrder.VERIFIED: lambda row: row.numbers.verified.percent,
    MenteeOrder.WAITING: lambda row: row.waiting,
    MenteeOrder.RETURNED: lambda row: row.returned,
    MenteeOrder.ACTIVITY: lambda row: row.last_activity,
    MenteeOrder.CONTACT: lambda row: row.contact_at,
    MenteeOrder.TARGET: lambda row: (_TRACKS.index(row.track), row.target_on or date.max),
}


def _sorted(rows: Sequence[MenteeRow], order: MenteeOrder, *, is_descending: bool) -> list[MenteeRow]:
    """Equals stay in the order of their names, and what has no value comes last in both directions."""
    value = _VALUES[order]
    known = [row for row in rows if value(row) is not None]
    unknown = [row for row in rows if value(row) is None]
    return [*sorted(known, key=value, reverse=is_descending), *unknown]
