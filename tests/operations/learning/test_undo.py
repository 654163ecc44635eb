"""Undo: everything can be taken back while nothing later touches the same thing."""

from datetime import timedelta

import pytest

from roadmap.domain.errors import Conflict, Forbidden, NotFound
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import UNTOUCHED, Status
from tests.support.cast import add_user
from tests.support.learning import TOMORROW, YESTERDAY, Learning
from tests.support.outlines import enroll


def test_undo_restores_status_day_and_reason(learning: Learning) -> None:
    learning.mark("first", Status.SKIPPED, occurred_on=YESTERDAY, reason="Why")
    before = learning.milestone_state("first")
    learning.undo(learning.mark("first"))
    assert learning.milestone_state("first") == before
    assert learning.reason("first") == "Why"


def test_undo_of_the_first_mark_leaves_the_milestone_untouched(learning: Learning) -> None:
    learning.undo(learning.mark("first", reason="Why"))
    assert learning.milestone_state("first") == UNTOUCHED


def test_undo_appends_and_names_what_it_undoes(learning: Learning) -> None:
    change = learning.mark("first")
    undo = learning.undo(change)
    assert [event.undoes for event in learning.events()[3:]] == [None, change]
    assert undo == learning.enrollment.last_number


def test_undo_of_an_undo_is_redo(learning: Learning) -> None:
    change = learning.mark("first", occurred_on=YESTERDAY, reason="Why")
    marked = learning.milestone_state("first")
    redo = learning.undo(learning.undo(change))
    assert learning.milestone_state("first") == marked
    learning.undo(redo)
    assert learning.milestone_state("first") == UNTOUCHED


def test_a_change_cannot_be_undone_twice(learning: Learning) -> None:
    change = learning.mark("first")
    undo = learning.undo(change)
    with pytest.raises(Conflict, match=f"Change {undo} "):
        learning.undo(change)


def test_a_later_change_of_the_same_thing_stands_in_the_way_and_is_named(learning: Learning) -> None:
    change, later = learning.mark("first"), learning.mark("first", Status.SKIPPED)
    with pytest.raises(Conflict, match=f"Change {later} "):
        learning.undo(change)
    assert learning.milestone_state("first").status is Status.SKIPPED


def test_a_later_change_that_was_undone_does_not_stand_in_the_way(learning: Learning) -> None:
    change = learning.mark("first")
    learning.undo(learning.mark("first", Status.SKIPPED))
    learning.undo(change)
    assert learning.milestone_state("first") == UNTOUCHED


def test_other_things_do_not_stand_in_the_way(learning: Learning) -> None:
    change = learning.mark("first")
    learning.mark("second")
    learning.revisit("first", TOMORROW)
    learning.note("first", "A note")
    learning.undo(change)
    assert learning.milestone_state("first").status is Status.NOT_STARTED
    assert (learning.milestone_state("first").revisit_on, learning.note_text("first")) == (TOMORROW, "A note")


def test_the_undo_of_any_event_takes_the_whole_change_back(learning: Learning) -> None:
    change = learning.know("first", "second")
    assert change is not None
    learning.undo(change + 1)
    assert (learning.milestone_state("first"), learning.milestone_state("second")) == (UNTOUCHED, UNTOUCHED)


def test_one_later_mark_keeps_a_whole_change_from_being_undone(learning: Learning) -> None:
    change = learning.know("first", "second")
    later = learning.mark("second", Status.IN_PROGRESS)
    with pytest.raises(Conflict, match=f"Change {later} "):
        learning.undo(change)
    assert learning.milestone_state("first").known


def test_a_revisit_day_a_note_and_settings_can_be_taken_back(learning: Learning) -> None:
    before = learning.enrollment.settings
    changes = [
        learning.revisit("first", TOMORROW),
        learning.note("first", "A note"),
        learning.choose(pathways=("reader",), weekly_hours=9.0, target_on=TOMORROW),
    ]
    for change in changes:
        learning.undo(change)
    assert (learning.milestone_state("first"), learning.enrollment.settings) == (UNTOUCHED, before)


def test_evidence_added_revised_or_withdrawn_comes_back_as_it_was(learning: Learning) -> None:
    added = learning.show("first")
    (piece,) = learning.pieces("first")
    revision = piece.revision_id
    learning.undo(learning.withdraw("first", piece))
    assert learning.pieces("first")[0].revision_id == revision
    learning.undo(added)
    assert learning.pieces("first")[0].revision_id is None


def test_the_start_is_not_undone(learning: Learning) -> None:
    with pytest.raises(Conflict, match="archive"):
        learning.undo(1)


def test_a_change_that_is_not_there_is_not_found(learning: Learning) -> None:
    for number in (0, 4, 2**31):
        with pytest.raises(NotFound):
            learning.undo(number)


def test_only_the_person_who_made_a_change_undoes_it(learning: Learning) -> None:
    change = learning.mark("first")
    learning.person = add_user(learning.session, "Milo")
    with pytest.raises(Conflict, match="Only the person"):
        learning.undo(change)


def test_an_undo_on_a_later_day_leaves_earlier_days_alone(learning: Learning) -> None:
    change = learning.mark("first", occurred_on=YESTERDAY)
    learning.at += timedelta(days=40)
    learning.undo(change)
    marked, undone = learning.events()[3:]
    assert undone.recorded_on - marked.recorded_on == timedelta(days=40)


def test_archived_is_read_only_for_undo_too(learning: Learning) -> None:
    change = learning.mark("first")
    learning.choose(state=EnrollmentState.ARCHIVED)
    with pytest.raises(Forbidden):
        learning.undo(change)


def test_undo_takes_a_roadmap_out_of_the_archive(learning: Learning) -> None:
    learning.choose(state=EnrollmentState.PAUSED)
    learning.undo(learning.choose(state=EnrollmentState.ARCHIVED))
    assert learning.enrollment.state is EnrollmentState.PAUSED


def test_undo_does_not_bring_a_second_active_roadmap_back(learning: Learning) -> None:
    change = learning.choose(state=EnrollmentState.ARCHIVED)
    enroll(learning.session, learning.person)
    with pytest.raises(Conflict, match="already"):
        learning.undo(change)
    assert learning.enrollment.is_archived
