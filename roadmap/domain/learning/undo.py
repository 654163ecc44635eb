"""Undo: which changes can be taken back, and the events that take one back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from roadmap.domain.errors import Conflict, NotFound
from roadmap.domain.learning.events import OF_VERIFICATION, VALUE_COLUMNS, Event, EventKind, EventSubject
from roadmap.domain.learning.progress import Status, Verification


@dataclass(frozen=True, slots=True)
class _Blocker:
    """A later change that still holds; one that undoes a change only blocks from that change on."""

    change: int
    undoes: int | None


def blocking_changes(events: Sequence[Event]) -> dict[int, int | None]:
    """For each change, the later change that stands in the way of its undo, None where nothing does.

    `events` are the newest of an enrollment in the order of their numbers, without a gap. Latest first: a
    change that was undone is void and so is, for what came before both, its undo; what still holds and
    touches the same thing stands in the way.
    """
    void: set[int] = set()
    blockers: dict[EventSubject, list[_Blocker]] = {}
    blocking: dict[int, int | None] = {}
    for change, things, undoes in reversed(list(_changes(events))):
        blocking[change] = _blocker_of(change, things, blockers)
        if change in void:
            continue
        if undoes is not None:
            void.add(undoes)
        for thing in things:
            blockers.setdefault(thing, []).append(_Blocker(change, undoes))
    return blocking


def check_undo(events: Sequence[Event], change: int, *, actor_id: int) -> None:
    """Refuse an undo that the rules do not allow; `events` are all of the enrollment, in order."""
    first = next((event for event in events if event.number == change), None)
    if first is None or first.change != change:
        raise NotFound("There is no such change.")
    if first.kind is EventKind.ENROLLED:
        raise Conflict("The start of a roadmap is not undone. You can archive it in its settings.")
    if any(event.kind is EventKind.REVIEWED for event in events if event.change == change):
        raise Conflict("A review is not undone. Post a new one that replaces it.")
    if first.actor_id != actor_id:
        raise Conflict("Only the person who made a change can undo it.")
    later = blocking_changes([event for event in events if event.number >= change])[change]
    if later is not None:
        raise Conflict(f"Change {later} came later and touches the same thing. Undo that one first.")


def values_before(events: Sequence[Event], change: int) -> list[dict[str, Any]]:
    """What restores the things that a change touched: the columns of one event for each, in its order."""
    restored = []
    for event in events:
        if event.change == change:
            earlier = (
                each for each in reversed(events) if each.number < change and each.subject == event.subject
            )
            restored.append(_restoring(event, next(earlier, None)))
    return restored


def _changes(events: Iterable[Event]) -> Iterable[tuple[int, list[EventSubject], int | None]]:
    """Each change with what it touched and what it undid, in order."""
    changes: dict[int, tuple[list[EventSubject], int | None]] = {}
    for event in events:
        changes.setdefault(event.change, ([], event.undoes))[0].append(event.subject)
    for change, (things, undoes) in changes.items():
        yield change, things, undoes


def _blocker_of(
    change: int, things: Iterable[EventSubject], blockers: dict[EventSubject, list[_Blocker]]
) -> int | None:
    found = (
        blocker.change
        for thing in things
        for blocker in blockers.get(thing, ())
        if blocker.undoes is None or blocker.undoes <= change
    )
    return max(found, default=None)


def _restoring(event: Event, before: Event | None) -> dict[str, Any]:
    """What takes the event back, where `before` was the last one on the same thing."""
    if event.kind in OF_VERIFICATION:
        return _reversed(event, before)
    return _blank(event) if before is None else _values(before)


def _reversed(event: Event, before: Event | None) -> dict[str, Any]:
    """The undo of a submission withdraws it, that of a withdrawal brings the same submission back."""
    values: dict[str, Any] = dict.fromkeys(VALUE_COLUMNS)
    values |= {"milestone_id": event.milestone_id, "submission_id": event.submission_id}
    if event.kind is EventKind.WITHDRAWN:
        return values | {"kind": EventKind.SUBMITTED, "verification": Verification.SUBMITTED}
    verification = Verification.NONE if before is None else before.verification
    return values | {"kind": EventKind.WITHDRAWN, "verification": verification}


def _values(event: Event) -> dict[str, Any]:
    return {column: getattr(event, column) for column in VALUE_COLUMNS}


def _blank(event: Event) -> dict[str, Any]:
    """The value of a thing that no earlier event touched."""
    values: dict[str, Any] = dict.fromkeys(VALUE_COLUMNS)
    values |= {"kind": event.kind, "milestone_id": event.milestone_id, "evidence_id": event.evidence_id}
    if event.kind is EventKind.PROGRESS_SET:
        values |= {"status": Status.NOT_STARTED, "known": False}
    return values
