"""The texts of an outline: how long they may be, texts cut to that, and the keys made from titles."""

import re
from collections.abc import Container

from roadmap.domain.characters import plain, shows_something
from roadmap.domain.roadmaps.outline_rules import KEY_PATTERN

TITLE, SENTENCE, SUMMARY, DESCRIPTION, URL = 200, 500, 2_000, 20_000, 2_000
MAX_RESOURCES, MAX_CRITERIA = 20, 10
LONGEST_KEY = 48
MOST_OF_A_NAME = 32
_WORDS = re.compile(r"[a-z0-9]+")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")


def fit_line(text: str, most: int = TITLE) -> str:
    """Return a text on one line without control characters, cut at a word where it is too long."""
    line = _SPACE.sub(" ", _CONTROL.sub(" ", text)).strip()
    if len(line) <= most:
        return line if shows_something(line) else ""
    cut = line[: most - 1].rsplit(" ", 1)[0] if " " in line[: most - 1] else line[: most - 1]
    return f"{cut.rstrip()}…"


def fit_text(text: str, most: int = SUMMARY) -> str:
    """Return a text of several lines without control characters, cut where it is too long."""
    cleaned = _CONTROL.sub(" ", text.replace("\r\n", "\n")).strip()
    if not shows_something(cleaned):
        return ""
    return cleaned if len(cleaned) <= most else f"{cleaned[: most - 1].rstrip()}…"


def make_key(title: str, taken: Container[str], *, kind: str) -> str:
    """Return a key from the Latin words of a title that nothing else has; it never follows a changed title.

    `kind` stands in for titles in other scripts.
    """
    key = ""
    for word in _WORDS.findall(plain(title.replace("'", "").replace("’", ""))):
        longer = f"{key}-{word}".strip("-")
        if len(longer) > LONGEST_KEY:
            break
        key = longer
    key = key or kind
    number, unique = 1, key
    while unique in taken:
        number += 1
        unique = f"{key}-{number}"
    return unique


def is_name(text: str) -> bool:
    """Return whether the id of a foreign file can be a key that people read, unlike a number or a UUID."""
    return (
        len(text) <= MOST_OF_A_NAME and re.fullmatch(KEY_PATTERN, text) is not None and not text[0].isdigit()
    )
