"""Keys made from titles, once; progress hangs on them, so they never follow a title that changes."""

import re
from collections.abc import Container

from roadmap.domain.characters import plain
from roadmap.domain.roadmaps.outline_rules import KEY_PATTERN

LONGEST = 48
MOST_OF_A_NAME = 32
_WORDS = re.compile(r"[a-z0-9]+")


def make_key(title: str, taken: Container[str], *, kind: str) -> str:
    """Return a key from the Latin words of a title that nothing else has.

    `kind` stands in for titles in other scripts.
    """
    key = ""
    for word in _WORDS.findall(plain(title.replace("'", "").replace("’", ""))):
        longer = f"{key}-{word}".strip("-")
        if len(longer) > LONGEST:
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
