"""Text in cells of a table: nothing that a spreadsheet would calculate, and the way back to the same text."""

import re

SHIELD = "'"

# Spreadsheets look past spaces, marks of order and control characters at the sign that starts a formula.
_UNSEEN = r"[\s\x00-\x1f\x7f-\xa0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
_FORMULA = re.compile(rf"{SHIELD}*(?:{_UNSEEN}{_SIGNS}|[\t\r\n])")


def neutralise(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would read a formula."""
    return SHIELD + text if _FORMULA.match(text) else text


def restore(cell: str) -> str:
    """The text that `neutralise` was given; apostrophes that somebody typed stay."""
    rest = cell.removeprefix(SHIELD)
    return rest if rest != cell and _FORMULA.match(rest) else cell
