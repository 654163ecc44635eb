"""Undo: which changes can be undone, and the values of the events that undo one."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from roadmap.domain.errors import Conflict, NotFound
from roadmap.domain.learning.events import OF_VERIFICATION, VALUE_COLUMNS, Event, EventKind, EventSubject
from roadmap.domain.learning.progress import UNTOUCHED, Status, Verification
from roadmap.domain.learning.replay import replay_events


class _Blocker(NamedTuple):
    """A later change that still counts; one that undoes a change blocks that change and those after it."""

    change: int
    undoes: int | None


_Blockers = dict[EventSubject, deque[_Blocker]]
_MOVES = frozenset({EventKind.SUBMISSION_MOVED, EventKind.VERIFICATION_SET})
_PLACES = frozenset({EventKind.SUBMITTED, EventKind.SUBMISSION_MOVED})


def blocking_changes(events: Sequence[Event]) -> dict[int, int | None]:
    """For each change, return the number of the latest change that blocks its undo, or None.

    `events` are the newest of an enrollment in the order of their numbers, without a gap. A later change to
    the same subject blocks, unless it was undone. Of those that are undos, only the undo of the change itself
    or of an earlier one blocks. The time taken grows with the number of events, not with its square.
    """
    undone: set[int] = set()
    blockers: _Blockers = defaultdict(deque)
    blocking: dict[int, int | None] = {}
    for change, subjects, undoes in reversed(list(_changes(events))):
        blocking[change] = _latest_blocker(change, subjects, blockers)
        if change in undone:
            continue
        if undoes is not None:
            undone.add(undoes)
        for subject in subjects:
            blockers[subject].append(_Blocker(change, undoes))
    return blocking


def cancelled_changes(changes: Sequence[tuple[int, int | None]]) -> frozenset[int]:
    """Return the numbers of the changes that were undone among these, and of their undos.

    `changes` are the number of each and of the one that it undoes, newest first. The undo of an undo cancels
    that, so the first change remains.
    """
    present = {number for number, _ in changes}
    cancelled: set[int] = set()
    for number, undoes in changes:
        if undoes in present and number not in cancelled:
            cancelled |= {number, undoes}
    return frozenset(cancelled)


def check_undo(events: Sequence[Event], change: int, *, actor_id: int) -> None:
    """Raise NotFound or Conflict when this person cannot undo the change.

    `events` are all events of the enrollment, in the order of their numbers.
    """
    first = next((event for event in events if event.number == change), None)
    if first is None or first.change != change:
        raise NotFound("There is no such change.")
    if first.kind is EventKind.ENROLLED:
        raise Conflict("Starting a roadmap can’t be undone, but you can archive the roadmap in its settings.")
    if any(event.kind is EventKind.REVIEWED for event in events if event.change == change):
        raise Conflict("A review can’t be undone. Post a new one that replaces it.")
    if first.actor_id != actor_id:
        raise Conflict("Only the person who made a change can undo it.")
    later = blocking_changes([event for event in events if event.number >= change])[change]
    if later is not None:
        raise Conflict(f"Change {later} is newer and affects the same thing. Undo that one first.")


def values_before(events: Sequence[Event], change: int) -> list[dict[str, Any]]:
    """Return the columns of the events that restore what a change touched, one for each of its events.

    The last is restored first, because a milestone has one open submission at most at any moment.
    """
    earlier = [event for event in events if event.number < change]
    before = {event.subject: event for event in earlier}
    of_change = [event for event in reversed(events) if event.change == change]
    return [
        _restoring_move(event, earlier)
        if event.kind in _MOVES
        else _restoring(event, before.get(event.subject))
        for event in of_change
    ]


def _changes(events: Iterable[Event]) -> Iterator[tuple[int, set[EventSubject], int | None]]:
    """Yield each change in order, with the subjects it touched and the change it undid."""
    changes: dict[int, tuple[set[EventSubject], int | None]] = {}
    for event in events:
        changes.setdefault(event.change, (set(), event.undoes))[0].add(event.subject)
    for change, (subjects, undoes) in changes.items():
        yield change, subjects, undoes


def _latest_blocker(change: int, subjects: Iterable[EventSubject], blockers: _Blockers) -> int | None:
    """Return the latest change that blocks this one; the blockers of a subject are in order, latest first.

    Callers go from later changes to earlier ones, so an undo of a change after this one will never block
    again and is dropped. Each blocker is dropped once, which keeps the whole walk linear.
    """
    latest = None
    for subject in subjects:
        queue = blockers[subject]
        while queue and queue[0].undoes is not None and queue[0].undoes > change:
            queue.popleft()
        if queue:
            latest = max(latest or 0, queue[0].change)
    return latest


def _restoring(event: Event, before: Event | None) -> dict[str, Any]:
    """Return the values that undo an event; `before` is the previous event on the same subject, if any."""
    if event.kind in OF_VERIFICATION:
        return _reverse_verification(event, before)
    return _initial_values(event) if before is None else _values(before)


def _restoring_move(event: Event, earlier: Sequence[Event]) -> dict[str, Any]:
    """Return the values that undo the move of a submission, or what it did to a milestone's verification."""
    values: dict[str, Any] = dict.fromkeys(VALUE_COLUMNS) | {"kind": event.kind}
    if event.kind is EventKind.SUBMISSION_MOVED:
        places = (previous for previous in reversed(earlier) if previous.submission_id == event.submission_id)
        place = next(previous for previous in places if previous.kind in _PLACES)
        return values | {"milestone_id": place.milestone_id, "submission_id": event.submission_id}
    milestone_state = replay_events(earlier).states.get(event.milestone_id or 0, UNTOUCHED)
    last = next((previous for previous in reversed(earlier) if previous.subject == event.subject), None)
    is_open = last is not None and milestone_state.verification is Verification.SUBMITTED
    return values | {
        "milestone_id": event.milestone_id,
        "verification": milestone_state.verification,
        "review_id": milestone_state.review_id,
        "submission_id": last.submission_id if is_open and last else None,
    }


def _reverse_verification(event: Event, before: Event | None) -> dict[str, Any]:
    """Return the values that withdraw a submission, or submit a withdrawn one again."""
    values: dict[str, Any] = dict.fromkeys(VALUE_COLUMNS)
    values |= {"milestone_id": event.milestone_id, "submission_id": event.submission_id}
    if event.kind is EventKind.WITHDRAWN:
        return values | {"kind": EventKind.SUBMITTED, "verification": Verification.SUBMITTED}
    verification = Verification.NONE if before is None else before.verification
    return values | {"kind": EventKind.WITHDRAWN, "verification": verification}


def _values(event: Event) -> dict[str, Any]:
    return {column: getattr(event, column) for column in VALUE_COLUMNS}


def _initial_values(event: Event) -> dict[str, Any]:
    """Return the values a subject has before any event touches it."""
    values: dict[str, Any] = dict.fromkeys(VALUE_COLUMNS)
    values |= {"kind": event.kind, "milestone_id": event.milestone_id, "evidence_id": event.evidence_id}
    if event.kind is EventKind.PROGRESS_SET:
        values |= {"status": Status.NOT_STARTED, "known": False}
    return values
