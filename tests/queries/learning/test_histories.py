"""The history: every change, newest first, with what can be taken back."""

from dataclasses import replace

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.events import EventKind
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.histories import PAGE_CHANGES, HistoryPage, find_history_page
from tests.support.learning import YESTERDAY, Learning
from tests.support.outlines import newer_sample, pathway


def page(learning: Learning, before: int | None = None) -> HistoryPage:
    learning.session.flush()
    enrollment = find_enrollment(
        learning.session, learning.enrollment.public_id, seen_by=learning.person, at=learning.at
    )
    return find_history_page(learning.session, enrollment, seen_by=learning.person, before=before)


def test_changes_come_newest_first_and_the_start_last(learning: Learning) -> None:
    learning.mark("first")
    learning.mark("second")
    changes = page(learning).changes
    assert [change.number for change in changes] == [5, 4, 1]
    assert changes[-1].events[0].kind is EventKind.ENROLLED


def test_a_change_says_what_whom_when_and_why(learning: Learning) -> None:
    learning.mark("first", occurred_on=YESTERDAY, reason="Why")
    change = page(learning).changes[0]
    (event,) = change.events
    assert (change.actor, change.recorded_at) == ("Lena", learning.at)
    assert (event.milestone_title, event.occurred_on, event.reason) == ("First", YESTERDAY, "Why")


def test_several_milestones_at_once_are_one_change(learning: Learning) -> None:
    learning.know("first", "second")
    assert [event.milestone_key for event in page(learning).changes[0].events] == ["first", "second"]


def test_what_can_be_undone_says_so_and_the_rest_says_what_it_waits_for(learning: Learning) -> None:
    first, later = learning.mark("first"), learning.mark("first", reason="Why")
    found = {change.number: (change.can_undo, change.blocked_by) for change in page(learning).changes}
    assert found == {later: (True, None), first: (False, later), 1: (False, None)}


def test_an_undo_names_what_it_took_back_and_can_be_undone(learning: Learning) -> None:
    change = learning.mark("first")
    learning.undo(change)
    newest = page(learning).changes[0]
    assert (newest.undoes, newest.can_undo) == (change, True)


def test_nothing_can_be_undone_in_the_archive(learning: Learning) -> None:
    learning.mark("first")
    learning.choose(state=EnrollmentState.ARCHIVED)
    assert [change.can_undo for change in page(learning).changes] == [False, False, False]


def test_settings_come_with_those_before_them(learning: Learning) -> None:
    learning.choose(weekly_hours=8.0)
    (event,) = page(learning).changes[0].events
    assert event.settings is not None
    assert event.settings_before is not None
    assert (event.settings_before.weekly_hours, event.settings.weekly_hours) == (6.0, 8.0)


def test_pathways_are_named_by_title_in_the_order_of_the_roadmap(learning: Learning) -> None:
    for keys in ((), ("reader", "seer"), ("seer",)):
        learning.choose(pathways=keys)
    left, added = (change.events[0] for change in page(learning).changes[:2])
    assert (added.pathways_added, added.pathways_left) == (("Seer", "Reader"), ())
    assert (left.pathways_added, left.pathways_left) == ((), ("Reader",))


def test_a_pathway_that_left_the_edition_shows_its_title(learning: Learning) -> None:
    learning.choose(pathways=("reader", "seer"))
    learning.publish(replace(newer_sample(), pathways=(pathway("seer", "vision"),)))
    learning.accept()
    assert page(learning).changes[1].events[0].pathways_added == ("Reader",)


def test_a_milestone_that_left_the_edition_shows_its_title(learning: Learning) -> None:
    learning.mark("second")
    learning.publish()
    learning.accept()
    accepted, marked, _ = page(learning).changes
    assert accepted.events[0].edition == 2
    assert (marked.events[0].milestone_title, marked.events[0].in_edition) == ("Second", False)


def test_pages_hold_fifty_changes_and_lead_to_older_ones(learning: Learning) -> None:
    for number in range(PAGE_CHANGES + 9):
        learning.mark("first", reason=str(number))
    newest = page(learning)
    older = page(learning, newest.older)
    assert [len(newest.changes), len(older.changes), older.older] == [PAGE_CHANGES, 10, None]
    assert newest.changes[-1].number > older.changes[0].number


def test_a_full_page_without_older_changes_leads_nowhere(learning: Learning) -> None:
    for number in range(PAGE_CHANGES - 1):
        learning.mark("first", reason=str(number))
    assert (len(page(learning).changes), page(learning).older) == (PAGE_CHANGES, None)


def test_what_blocks_stays_right_on_older_pages(learning: Learning) -> None:
    first = learning.mark("first")
    later = learning.mark("first", reason="Why")
    assert page(learning, later).changes[0].blocked_by == later
    assert page(learning, later).changes[0].number == first
