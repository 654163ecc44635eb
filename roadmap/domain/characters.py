"""Characters that draw nothing or change the direction of a text, and texts in the form that is compared."""

import re
from unicodedata import category, combining, normalize

# Letters and symbols by their category, drawn as an empty place.
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159")
_MARKS_WITHOUT_SHAPE = frozenset(
    ["\u034f", *map(chr, range(0x180B, 0x1810)), *map(chr, range(0xFE00, 0xFE10))]
)
_VISIBLE_CATEGORIES = frozenset("LNPS")
# What word processors make of the quotes and hyphens of a keyboard.
_PUNCTUATION = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\u2039\u203a", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_TURNS_TEXT = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def shows_something(text: str) -> bool:
    """Return whether a text has at least one character that is drawn: a letter, digit, sign or symbol."""
    return any(category(letter)[0] in _VISIBLE_CATEGORIES and letter not in _BLANK for letter in text)


def is_one_line(text: str) -> bool:
    """Return whether a text has no line breaks, control characters or text direction overrides."""
    return _CONTROL.search(text) is None


def is_invisible(letter: str) -> bool:
    """Return whether a character takes no place in a line: format characters, and marks without a shape."""
    return category(letter) == "Cf" or letter in _MARKS_WITHOUT_SHAPE


def turns_text(text: str) -> bool:
    """Return whether a text has characters that change its direction, which can show it reversed."""
    return _TURNS_TEXT.search(text) is not None


def plain(text: str) -> str:
    """Return a text in the form that is compared.

    `É` equals `e`, `ß` equals `ss` and a curly quote a straight one; invisible characters are left out.
    """
    if text.isascii():
        return text.lower()
    letters = normalize("NFKD", text.translate(_PUNCTUATION))
    visible = "".join(letter for letter in letters if not combining(letter) and not is_invisible(letter))
    return normalize("NFKD", visible.casefold())
