"""Checks the entries of the demo and puts them in the order of time."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from roadmap.demo.entries import Entry
from roadmap.demo.moments import Calendar
from roadmap.domain.outlines import Outline


class DemoFault(ValueError):
    """The demo's data have a mistake; says where."""


def check_entries(
    entries: Sequence[Entry], actions: Collection[str], outlines: Mapping[str, Sequence[Outline]]
) -> None:
    """Raise DemoFault unless every action is known, and every milestone in an edition of its roadmap."""
    faults = [f"{entry}: {fault}" for entry in entries for fault in _faults(entry, actions, outlines)]
    if faults:
        raise DemoFault("\n".join(faults))


def _faults(
    entry: Entry, actions: Collection[str], outlines: Mapping[str, Sequence[Outline]]
) -> Iterator[str]:
    if entry.action not in actions:
        yield f"there is no action “{entry.action}”"
    if entry.roadmap and entry.roadmap not in outlines:
        yield f"there is no roadmap “{entry.roadmap}”"
    elif entry.milestone and not any(entry.milestone in it.milestones for it in outlines[entry.roadmap]):
        yield f"{entry.roadmap} has no milestone “{entry.milestone}”"


def schedule_entries(entries: Sequence[Entry], *, end: datetime) -> list[tuple[datetime, Entry]]:
    """Every entry with its moment, the earliest first; raise DemoFault when one is not before the end."""
    calendar = Calendar(end)
    schedule = [(_moment(calendar, entry, end), entry) for entry in entries]
    return sorted(schedule, key=lambda timed: timed[0])


def _moment(calendar: Calendar, entry: Entry, end: datetime) -> datetime:
    try:
        moment = calendar.moment(entry.when, entry.by)
    except ValueError as error:
        raise DemoFault(f"{entry}: {error}") from None
    if moment > end:
        raise DemoFault(f"{entry}: this is after the end of the history")
    return moment
