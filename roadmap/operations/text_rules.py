"""Rules for all texts that people type, used by learning and mentoring: length, and lost updates."""

import re

from roadmap.domain.characters import is_one_line, shows_something
from roadmap.domain.errors import StaleText, invalid

# Markdown ignores up to three spaces before a paragraph; before an item of a list they say how deep it is.
_SPACES_WITHOUT_MEANING = re.compile(r"\A {1,3}(?![ \t]|[-*+] |\d+[.)] )")
_BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


def describe_excess(text: str, most: int, *, subject: str = "This") -> str:
    """Return the sentence for a text that is too long, with its length and the limit; empty for any other."""
    return (
        f"{subject} is too long: {len(text):,} characters. The limit is {most:,}." if len(text) > most else ""
    )


def check_length(text: str, *, field: str, most: int, noun: str = "") -> None:
    """Raise Invalid where the text is too long; `noun` is what people call the field, if not by its name."""
    if sentence := describe_excess(text, most, subject=f"The {noun or field}"):
        raise invalid(**{field: sentence})


def clean_text(text: str, *, field: str, most: int, noun: str = "") -> str:
    """Return a Markdown text stripped and with `\\n` line ends; raise Invalid when it is too long.

    The indentation of its first line stays where it makes a block of code or a list.
    """
    cleaned = _BLANK_LINES.sub("", text.replace("\r\n", "\n").rstrip())
    cleaned = _SPACES_WITHOUT_MEANING.sub("", cleaned)
    check_length(cleaned, field=field, most=most, noun=noun)
    return cleaned


def clean_title(text: str, *, field: str, most: int, missing: str) -> str:
    """Return a title stripped; raise Invalid when it is too long, or with `missing` when it shows nothing."""
    cleaned = clean_text(text, field=field, most=most).strip()
    if not shows_something(cleaned):
        raise invalid(**{field: missing})
    if not is_one_line(cleaned):
        raise invalid(**{field: "Remove line breaks and control characters."})
    return cleaned


def check_unchanged(seen: int, present: int, *, what: str, current: str) -> None:
    """Raise StaleText, with the current text, unless the person saw the current version."""
    if seen != present:
        why = f"This {what} has changed since you opened it."
        raise StaleText(f"{why} Both versions are below. Combine them and save again.", current, present)
