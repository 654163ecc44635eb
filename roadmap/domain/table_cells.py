"""Texts in the cells of tables: what is written so that spreadsheets and imports read back the same text."""

import re

APOSTROPHE = "'"
# Spreadsheets skip spaces, direction marks and control characters before the sign that starts a formula.
_SKIPPED = r"[\s\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
_FORMULA = re.compile(rf"{APOSTROPHE}*(?:{_SKIPPED}{_SIGNS}|[\t\r\n])")
_BULLET = re.compile(r"^[-•*]\s+")


def escape_formula(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would read a formula."""
    return APOSTROPHE + text if _FORMULA.match(text) else text


def unescape_formula(cell: str) -> str:
    """Return the text that `escape_formula` was given; apostrophes that somebody typed stay."""
    rest = cell.removeprefix(APOSTROPHE)
    return rest if rest != cell and _FORMULA.match(rest) else cell


def escape_bullet(text: str) -> str:
    """Return the text with a bullet before it where its own first sign would be read as one."""
    return f"• {text}" if _BULLET.match(text) else text


def strip_bullet(line: str) -> str:
    """Return a line of a cell without the bullet before it."""
    return _BULLET.sub("", line.strip())
