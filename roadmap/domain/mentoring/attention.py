"""Which mentees need the attention of their mentor, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONG_WAIT = timedelta(days=3)
LEFT_ALONE = timedelta(days=14)
QUIET = timedelta(days=21)


class AttentionReason(StrEnum):
    WAITING = "waiting"
    RETURNED = "returned"
    QUIET = "quiet"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Concern:
    """A reason, and how long it has lasted; being late has no duration."""

    reason: AttentionReason
    lasted: timedelta = timedelta()


def concerns_about(
    *,
    waiting_since: datetime | None,
    returned_at: datetime | None,
    active_at: datetime,
    is_late: bool,
    at: datetime,
) -> tuple[Concern, ...]:
    """Return why a mentee needs attention, in the order of `AttentionReason`.

    Work or a question has waited for over 3 days, work was returned over 14 days ago and not submitted again,
    nothing was recorded for 21 days, or the target will be missed. All are elapsed time, days of 24 hours, so
    that they are the same in the time zones of mentor and learner.
    """
    concerns = []
    if waiting_since is not None and at - waiting_since > LONG_WAIT:
        concerns.append(Concern(AttentionReason.WAITING, at - waiting_since))
    if returned_at is not None and at - returned_at > LEFT_ALONE:
        concerns.append(Concern(AttentionReason.RETURNED, at - returned_at))
    if at - active_at >= QUIET:
        concerns.append(Concern(AttentionReason.QUIET, at - active_at))
    if is_late:
        concerns.append(Concern(AttentionReason.LATE))
    return tuple(concerns)


def need_of(concerns: tuple[Concern, ...]) -> tuple[int, timedelta]:
    """Return how urgent they are, to sort by: how many, then how long the longest has lasted."""
    return len(concerns), max((concern.lasted for concern in concerns), default=timedelta())
