"""The private note on a milestone: versions, and two windows that write at once."""

import pytest

from roadmap.domain.errors import Invalid, NotFound, StaleText
from roadmap.domain.learning.progress import NOTE_LENGTH
from tests.support.learning import Learning


def test_a_note_is_kept_without_the_space_around_it(learning: Learning) -> None:
    learning.note("first", "\r\n One\r\nTwo ")
    assert learning.note_text("first") == "One\nTwo"


def test_the_same_text_writes_nothing(learning: Learning) -> None:
    learning.note("first", "One")
    assert learning.note("first", "One ") is None
    assert learning.note("second", " ") is None


def test_an_empty_text_clears_the_note_and_undo_brings_it_back(learning: Learning) -> None:
    learning.note("first", "One")
    cleared = learning.note("first", "")
    assert learning.note_text("first") is None
    learning.undo(cleared)
    assert learning.note_text("first") == "One"


def test_a_note_changed_meanwhile_is_refused_with_both_texts(learning: Learning) -> None:
    learning.note("first", "One")
    with pytest.raises(StaleText) as stale:
        learning.note("first", "Mine", version=0)
    assert (stale.value.current, stale.value.version) == ("One", learning.milestone_state("first").note_id)
    assert learning.note_text("first") == "One"


def test_a_note_cleared_meanwhile_is_refused_too(learning: Learning) -> None:
    learning.note("first", "One")
    seen = learning.milestone_state("first").note_id
    learning.note("first", "")
    with pytest.raises(StaleText) as stale:
        learning.note("first", "Mine", version=seen)
    assert (stale.value.current, stale.value.version) == ("", 0)


def test_both_windows_may_write_the_same(learning: Learning) -> None:
    learning.note("first", "One")
    assert learning.note("first", "One", version=0) is None


def test_a_note_has_its_own_milestone(learning: Learning) -> None:
    learning.note("first", "One")
    learning.note("second", "Two")
    assert [learning.note_text(key) for key in ("first", "second")] == ["One", "Two"]


def test_a_note_that_is_too_long_is_refused(learning: Learning) -> None:
    learning.note("first", "x" * NOTE_LENGTH)
    with pytest.raises(Invalid) as refused:
        learning.note("second", "x" * (NOTE_LENGTH + 1))
    assert refused.value.errors.keys() == {"note"}


def test_a_note_needs_a_milestone_of_the_edition(learning: Learning) -> None:
    with pytest.raises(NotFound):
        learning.note("third", "One", version=0)
