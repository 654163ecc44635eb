"""Texts that show something, and texts as they are compared."""

import pytest

from roadmap.domain.characters import plain, shows_something, turns_text

BLANK = [
    "",
    " ",
    "\u3164",
    "\u2800",
    "\u200b",
    "\u200d\u200c",
    "\u00ad",
    "\u034f",
    "\u115f",
    "\ufe0f",
    "\U000e0061",
    "\u180e",
]


@pytest.mark.parametrize("text", [*BLANK, "".join(BLANK)])
def test_characters_that_draw_nothing_show_nothing(text: str) -> None:
    assert not shows_something(text)


@pytest.mark.parametrize("text", ["O", "王", "👩‍👩‍👧 Ana", "علی‌رضا", "Zoë", "7", "?", "♥️", "\u3164a"])
def test_anything_drawn_shows_something(text: str) -> None:
    assert shows_something(text)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("the learner\u2019s", "learner's"),
        ("\u201cbest\u201d", '"best"'),
        ("co\u2011operation \u2013", "co-operation -"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ufb01ne", "fine"),
        ("Straße", "STRASSE"),
        ("Ὀδυσσεύς", "οδυσσευς"),
        ("Привет", "ПРИВЕТ"),
    ],
)
def test_what_a_word_processor_wrote_is_found_with_a_keyboard(written: str, typed: str) -> None:
    assert plain(typed) in plain(written)


def test_overrides_of_the_direction_turn_text() -> None:
    assert turns_text("a\u202eb")
    assert not turns_text("علی")
