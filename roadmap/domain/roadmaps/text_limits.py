"""How long the texts of an outline may be, and texts cut to that."""

import re

from roadmap.domain.characters import shows_something

TITLE, SENTENCE, SUMMARY, DESCRIPTION, URL = 200, 500, 2_000, 20_000, 2_000
MAX_RESOURCES, MAX_CRITERIA = 20, 10
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
