"""The page of one milestone: its text, state, neighbours, note, evidence and history."""

import pytest

from roadmap.domain.errors import NotFound
from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.roadmaps.outlines import VerificationMode
from roadmap.queries.pages.milestone import MilestonePage, find_milestone_page
from tests.support.learning import YESTERDAY, Learning


def page(learning: Learning, key: str = "first") -> MilestonePage:
    return find_milestone_page(
        learning.session, learning.enrollment.public_id, key, seen_by=learning.person, at=learning.at
    )


def test_an_untouched_milestone_stands_at_not_started(learning: Learning) -> None:
    found = page(learning)
    assert (found.status, found.occurred_on, found.reason, found.note) == (Status.NOT_STARTED, None, "", "")
    assert (found.ready, found.in_plan, found.changes, found.evidence) == (True, True, (), ())


def test_it_shows_status_day_and_reason(learning: Learning) -> None:
    learning.mark("first", occurred_on=YESTERDAY, reason="Why")
    found = page(learning)
    assert (found.status, found.occurred_on, found.reason) == (Status.DONE, YESTERDAY, "Why")


def test_a_milestone_whose_review_is_optional_says_so(learning: Learning) -> None:
    assert page(learning, "habit").milestone.verification is VerificationMode.SELF
    assert page(learning, "first").milestone.verification is VerificationMode.MENTOR
    assert page(learning, "habit").verification is page(learning, "first").verification is Verification.NONE


def test_neighbours_are_milestones_and_skills_with_their_states(learning: Learning) -> None:
    learning.mark("first")
    (first,) = page(learning, "second").prerequisites
    (core,) = page(learning, "look").prerequisites
    assert (first.is_skill, first.status, first.is_met) == (False, Status.DONE, True)
    assert (core.is_skill, core.status, core.is_met) == (True, None, False)


def test_what_it_opens_includes_what_waits_for_its_skill(learning: Learning) -> None:
    assert [(each.key, each.in_plan) for each in page(learning, "first").opens] == [
        ("second", True),
        ("look", True),
    ]


def test_pages_lead_to_the_one_before_and_after(learning: Learning) -> None:
    assert [
        (page(learning, key).before, page(learning, key).after) for key in ("first", "second", "wait")
    ] == [
        (None, "second"),
        ("first", "habit"),
        ("watch", None),
    ]


def test_the_note_comes_with_its_version(learning: Learning) -> None:
    assert page(learning).note_version == 0
    learning.note("first", "One")
    found = page(learning)
    assert (found.note, found.note_version) == ("One", learning.milestone_state("first").note_id)


def test_evidence_is_shown_as_it_is_now_and_not_once_withdrawn(learning: Learning) -> None:
    learning.show("first", "A")
    learning.show("first", "B", url="", text="Words")
    learning.show("second", "C")
    learning.withdraw("first", learning.pieces("first")[0])
    (piece,) = page(learning).evidence
    assert (piece.title, piece.url, piece.text) == ("B", None, "Words")


def test_the_history_holds_what_touched_this_milestone_newest_first(learning: Learning) -> None:
    both = learning.know("first", "second")
    learning.mark("second", Status.SKIPPED)
    note = learning.note("first", "One")
    changes = page(learning).changes
    assert [change.number for change in changes] == [note, both]
    assert [event.milestone_key for change in changes for event in change.events] == ["first", "first"]


def test_a_milestone_outside_the_edition_is_not_found(learning: Learning) -> None:
    for key in ("third", "nothing", "core"):
        with pytest.raises(NotFound):
            page(learning, key)
