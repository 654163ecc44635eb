"""Undo, without a database: what stands in the way of it, and what it restores."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.errors import Conflict, NotFound
from roadmap.domain.learning import undo
from roadmap.domain.learning.events import Event, EventKind, EventSubject
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status
from roadmap.domain.learning.replay import replay_events
from roadmap.domain.learning.undo import blocking_changes, cancelled_changes, check_undo, values_before
from tests.support.cast import NOON

LENA, MILO = 1, 2
TODAY, EARLIER = NOON.date(), date(2025, 1, 1)


class Record:
    """The events of one enrollment, appended as a person acts."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def add(self, *facts: dict[str, object], undoes: int | None = None) -> int:
        change = len(self.events) + 1
        common = {"enrollment_id": 1, "change": change, "actor_id": LENA, "undoes": undoes}
        moments = {"recorded_at": NOON, "recorded_on": TODAY}
        for place, fact in enumerate(facts):
            self.events.append(Event(number=change + place, **common, **moments, **fact))
        return change

    def mark(self, *milestones: int, status: Status = Status.DONE, **more: object) -> int:
        kind = {"kind": EventKind.PROGRESS_SET, "known": False, "occurred_on": TODAY, "status": status}
        return self.add(*({**kind, "milestone_id": each, **more} for each in milestones))

    def undo(self, change: int) -> int:
        check_undo(self.events, change, actor_id=LENA)
        return self.add(*values_before(self.events, change), undoes=change)

    def milestone_state(self, milestone: int = 1) -> MilestoneState:
        return replay_events(self.events).states.get(milestone, UNTOUCHED)


def test_the_value_before_comes_back_whole() -> None:
    record = Record()
    record.mark(1, status=Status.SKIPPED, occurred_on=EARLIER, reason_id=7)
    record.undo(record.mark(1))
    assert record.milestone_state() == MilestoneState(Status.SKIPPED, EARLIER, reason_id=7)


def test_what_nothing_touched_before_becomes_untouched() -> None:
    record = Record()
    record.undo(record.mark(1, 2, known=True))
    assert (record.milestone_state(1), record.milestone_state(2)) == (UNTOUCHED, UNTOUCHED)


def test_the_value_before_is_the_last_one_of_the_same_thing() -> None:
    record = Record()
    record.mark(1, status=Status.SKIPPED)
    record.mark(1, occurred_on=EARLIER)
    record.mark(2, status=Status.SKIPPED)
    record.add({"kind": EventKind.REVISIT_SET, "milestone_id": 1, "revisit_on": TODAY})
    record.undo(record.mark(1, status=Status.IN_PROGRESS))
    assert record.milestone_state(1) == MilestoneState(Status.DONE, EARLIER, revisit_on=TODAY)


def test_undo_of_an_undo_brings_the_change_back() -> None:
    record = Record()
    undo = record.undo(record.mark(1, occurred_on=EARLIER))
    record.undo(undo)
    assert record.milestone_state() == MilestoneState(Status.DONE, EARLIER)


@pytest.mark.parametrize(
    ("changes", "cancelled"),
    [
        ([], set()),
        ([(2, None), (1, None)], set()),
        ([(2, 1), (1, None)], {1, 2}),
        ([(3, 2), (2, 1), (1, None)], {2, 3}),
        ([(4, 3), (3, 2), (2, 1), (1, None)], {1, 2, 3, 4}),
        ([(4, 1), (3, 2), (2, None), (1, None)], {1, 2, 3, 4}),
        ([(3, 1), (2, None)], set()),
        ([(4, 3), (3, 1)], {3, 4}),
    ],
)
def test_a_change_and_its_undo_cancel_out_where_both_are_there(
    changes: list[tuple[int, int | None]], cancelled: set[int]
) -> None:
    assert cancelled_changes(changes) == cancelled


def test_the_latest_change_that_stands_is_named() -> None:
    record = Record()
    first, second = record.mark(1), record.mark(1, status=Status.SKIPPED)
    third = record.mark(1, status=Status.IN_PROGRESS)
    assert blocking_changes(record.events) == {first: third, second: third, third: None}
    record.undo(third)
    with pytest.raises(Conflict, match=f"Change {second} "):
        record.undo(first)


def test_a_change_of_two_waits_for_what_touches_either() -> None:
    record = Record()
    both = record.mark(1, 2)
    later = record.mark(2, status=Status.SKIPPED)
    assert blocking_changes(record.events)[both] == later


def test_two_pieces_of_evidence_are_two_things() -> None:
    record = Record()
    shown = {"kind": EventKind.EVIDENCE_SET, "milestone_id": 1}
    first = record.add({**shown, "evidence_id": 1, "revision_id": 1})
    record.add({**shown, "evidence_id": 2, "revision_id": 2})
    record.undo(first)
    assert replay_events(record.events).evidence == {1: None, 2: 2}


def test_a_redone_change_stands_in_the_way_again() -> None:
    record = Record()
    first, second = record.mark(1), record.mark(1, status=Status.SKIPPED)
    record.undo(record.undo(second))
    assert blocking_changes(record.events)[first] == second
    record.undo(second)
    record.undo(first)
    assert record.milestone_state() == UNTOUCHED


def test_neither_a_start_nor_a_part_nor_somebody_elses_change_is_undone() -> None:
    record = Record()
    record.add({"kind": EventKind.ENROLLED})
    change = record.mark(1, 2)
    for number, error in ((1, Conflict), (change + 1, NotFound), (99, NotFound)):
        with pytest.raises(error):
            record.undo(number)
    with pytest.raises(Conflict, match="Only the person"):
        check_undo(record.events, change, actor_id=MILO)


acts = st.one_of(
    st.tuples(st.lists(st.integers(1, 3), min_size=1, max_size=2, unique=True), st.sampled_from(Status)),
    st.integers(0, 3),  # an undo, of the change so many before the last
)


def oracle(events: Sequence[Event], change: int) -> int | None:
    """The rule of the product, word by word: no later, not undone change touches the same thing."""
    undoes = {event.change: event.undoes for event in events}
    things: dict[int, set[EventSubject]] = {}
    for event in events:
        things.setdefault(event.change, set()).add(event.subject)

    def stands(each: int) -> bool:
        return not any(undone == each and stands(by) for by, undone in undoes.items())

    later = [each for each in things if each > change and stands(each) and things[each] & things[change]]
    return max((each for each in later if (undoes[each] or 0) <= change), default=None)


@given(st.lists(acts, max_size=14))
def test_undo_restores_what_was_and_refuses_exactly_what_the_rule_refuses(
    taken: list[tuple[list[int], Status] | int],
) -> None:
    record, before = Record(), dict[int, dict[int, MilestoneState]]()
    for act in taken:
        now = {each: record.milestone_state(each) for each in (1, 2, 3)}
        if not isinstance(act, int):
            before[record.mark(*act[0], status=act[1])] = now
        elif act < len(before) and oracle(record.events, change := sorted(before)[-1 - act]) is None:
            touched = [event.milestone_id or 0 for event in record.events if event.change == change]
            before[record.undo(change)] = now
            assert [record.milestone_state(each) for each in touched] == [
                before[change][each] for each in touched
            ]
        assert blocking_changes(record.events) == {each: oracle(record.events, each) for each in before}


def count_lines(function: Callable[[], object]) -> int:
    """How many lines of the module under test run, each as often as it runs."""
    count, before = 0, sys.gettrace()

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if frame.f_code.co_filename != undo.__file__:
            return None
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(before)
    return count


def marks_of_one_milestone(marks: int, undos: int) -> Record:
    """Marks, after each of them that many undos, each of what came just before it."""
    record = Record()
    for _ in range(marks):
        change = record.mark(1)
        for _ in range(undos):
            change = record.add(*values_before(record.events[-1:], change), undoes=change)
    return record


@pytest.mark.parametrize("undos", [0, 1, 2, 4])
def test_the_work_grows_with_the_number_of_marks_and_not_with_its_square(undos: int) -> None:
    few, many = (marks_of_one_milestone(count, undos).events for count in (50, 500))
    assert count_lines(lambda: blocking_changes(many)) < 11 * count_lines(lambda: blocking_changes(few))


def test_5_000_marks_of_one_milestone_take_a_few_steps_each() -> None:
    record = marks_of_one_milestone(5_000, 0)
    last = record.events[-1].change
    assert count_lines(lambda: blocking_changes(record.events)) < 30 * 5_000
    assert count_lines(lambda: record.undo(last)) < 30 * 5_000
