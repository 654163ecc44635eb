"""Checks the demo's data before they are played."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from roadmap.demo.entries import NAMED_MENTOR_ACTIONS, Entry
from roadmap.domain.roadmaps.outlines import Outline


class DemoDataError(ValueError):
    """The demo's data have a mistake; says where."""


def check_entries(
    entries: Sequence[Entry], actions: Collection[str], outlines: Mapping[str, Sequence[Outline]]
) -> None:
    """Raise DemoDataError unless every action is known, and every milestone in an edition of its roadmap."""
    faults = [f"{entry}: {fault}" for entry in entries for fault in _faults(entry, actions, outlines)]
    if faults:
        raise DemoDataError("\n".join(faults))


def _faults(
    entry: Entry, actions: Collection[str], outlines: Mapping[str, Sequence[Outline]]
) -> Iterator[str]:
    if entry.action not in actions:
        yield f"there is no action “{entry.action}”"
    if entry.action in NAMED_MENTOR_ACTIONS and entry.value not in {None, entry.by.handle}:
        yield f"there is no person “{entry.value}”"
    if entry.roadmap and entry.roadmap not in outlines:
        yield f"there is no roadmap “{entry.roadmap}”"
    elif entry.milestone and not any(
        entry.milestone in outline.milestones for outline in outlines[entry.roadmap]
    ):
        yield f"{entry.roadmap} has no milestone “{entry.milestone}”"
