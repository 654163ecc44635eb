"""What happens to a learner's progress where an edition makes one milestone of several."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification

_FAR = (Status.NOT_STARTED, Status.SKIPPED, Status.IN_PROGRESS, Status.DONE)
_BEST = (Verification.NONE, Verification.RETURNED, Verification.SUBMITTED, Verification.VERIFIED)


def new_merges(old: Mapping[int, int], new: Mapping[int, int]) -> dict[int, list[int]]:
    """Return the ids of the milestones that an edition merges, by the id of the one that goes on.

    `old` and `new` have the merged milestones of two editions. What was merged before is not merged again.
    """
    merges: dict[int, list[int]] = defaultdict(list)
    for earlier, into in new.items():
        if earlier not in old:
            merges[into].append(earlier)
    return dict(merges)


def merged_states(
    states: Mapping[int, MilestoneState], merges: Mapping[int, Iterable[int]]
) -> dict[int, MilestoneState]:
    """Return the states that change when the newer edition is accepted, by milestone id."""
    changed = {}
    for into, numbers in merges.items():
        before = states.get(into, UNTOUCHED)
        after = best_of(before, *(states.get(number, UNTOUCHED) for number in numbers))
        if after != before:
            changed[into] = after
    return changed


def best_of(first: MilestoneState, *others: MilestoneState) -> MilestoneState:
    """Return one state for several milestones that become one.

    The status that is furthest counts, with its day and reason, and the best verification, with its moments;
    of equals the first. Day to revisit and note are those of the first milestone that has one.
    """
    best = first
    for other in others:
        best = best._replace(
            revisit_on=best.revisit_on or other.revisit_on,
            note_id=best.note_id if best.note_id is not None else other.note_id,
        )
        if _FAR.index(other.status) > _FAR.index(best.status):
            best = best._replace(**_fields(other, "status", "occurred_on", "known", "reason_id"))
        if _BEST.index(other.verification) > _BEST.index(best.verification):
            of_verification = ("verification", "review_id", "submitted_at", "reviewed_at", "signed_off")
            best = best._replace(**_fields(other, *of_verification))
    return best


def merging_events(
    before: Mapping[int, MilestoneState], after: Mapping[int, MilestoneState]
) -> Iterator[Any]:
    """Yield the values of the events that lead from the states before to those after.

    Those of the verification are not among them, because submissions move too.
    """
    for number, state in after.items():
        was = before.get(number, UNTOUCHED)
        of_status = _fields(state, "status", "occurred_on", "known", "reason_id")
        if any(getattr(was, name) != value for name, value in of_status.items()):
            yield {"kind": EventKind.PROGRESS_SET, "milestone_id": number, **of_status}
        if was.revisit_on != state.revisit_on:
            yield {"kind": EventKind.REVISIT_SET, "milestone_id": number, "revisit_on": state.revisit_on}
        if was.note_id != state.note_id:
            yield {"kind": EventKind.NOTE_SET, "milestone_id": number, "note_id": state.note_id}


def _fields(state: MilestoneState, *names: str) -> dict[str, Any]:
    return {name: getattr(state, name) for name in names}
