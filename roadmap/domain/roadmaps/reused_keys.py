"""Tells whether a key of a published milestone is used for something else now."""

from collections.abc import Sequence
from difflib import SequenceMatcher

LIKENESS = 0.5
"""Titles that are less alike than this, from 0 to 1, hardly name the same."""


def is_something_else(old: tuple[str, Sequence[str]], new: tuple[str, Sequence[str]]) -> bool:
    """Return whether the title and criteria of a milestone have hardly anything of the earlier ones."""
    (old_title, old_criteria), (new_title, new_criteria) = old, new
    if set(old_criteria) & set(new_criteria):
        return False
    return SequenceMatcher(None, old_title.casefold(), new_title.casefold()).ratio() < LIKENESS
