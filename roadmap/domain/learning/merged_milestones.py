"""What happens to a learner's progress where an edition makes one milestone of several."""

from collections.abc import Iterator, Mapping
from typing import Any

from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status
from roadmap.domain.roadmaps.outlines import Outline

_FAR = (Status.NOT_STARTED, Status.SKIPPED, Status.IN_PROGRESS, Status.DONE)


def merged_states(
    states: Mapping[int, MilestoneState], old_ids: Mapping[str, int], new: Outline, new_ids: Mapping[str, int]
) -> dict[int, MilestoneState]:
    """Return the states that change when the newer edition is accepted, by milestone id.

    Where one of the merged milestones is further than the one that goes on, its status counts, with its day
    and reason; of equals the first. Day to revisit and note are taken where there is none. The verification
    stays that of the milestone that goes on.
    """
    changed = {}
    for key, milestone in new.milestones.items():
        own = before = states.get(new_ids[key], UNTOUCHED)
        for number in _merged_ids(milestone.was, old_ids, new_ids):
            own = _merged(own, states.get(number, UNTOUCHED))
        if own != before:
            changed[new_ids[key]] = own
    return changed


def merging_events(
    before: Mapping[int, MilestoneState], after: Mapping[int, MilestoneState]
) -> Iterator[Any]:
    """Yield the values of the events that lead from the states before to those after."""
    for number, state in after.items():
        was = before.get(number, UNTOUCHED)
        of_status = {name: getattr(state, name) for name in ("status", "occurred_on", "known", "reason_id")}
        if any(getattr(was, name) != value for name, value in of_status.items()):
            yield {"kind": EventKind.PROGRESS_SET, "milestone_id": number, **of_status}
        if was.revisit_on != state.revisit_on:
            yield {"kind": EventKind.REVISIT_SET, "milestone_id": number, "revisit_on": state.revisit_on}
        if was.note_id != state.note_id:
            yield {"kind": EventKind.NOTE_SET, "milestone_id": number, "note_id": state.note_id}


def _merged_ids(
    was: tuple[str, ...], old_ids: Mapping[str, int], new_ids: Mapping[str, int]
) -> Iterator[int]:
    still_there = set(new_ids.values())
    return (old_ids[key] for key in was if key in old_ids and old_ids[key] not in still_there)


def _merged(own: MilestoneState, other: MilestoneState) -> MilestoneState:
    merged = own._replace(
        revisit_on=own.revisit_on or other.revisit_on,
        note_id=own.note_id if own.note_id is not None else other.note_id,
    )
    if _FAR.index(other.status) <= _FAR.index(own.status):
        return merged
    return merged._replace(
        status=other.status, occurred_on=other.occurred_on, known=other.known, reason_id=other.reason_id
    )
