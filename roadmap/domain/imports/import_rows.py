"""What readers of foreign files make of them: plain rows in the order of the file, with texts that fit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from roadmap.domain.allowed_links import is_web_link
from roadmap.domain.errors import RoadmapError
from roadmap.domain.roadmaps.outline_texts import SENTENCE, URL, fit_line, fit_text
from roadmap.domain.roadmaps.outlines import ResourceOutline, ResourceType

MAX_ROWS = 5_000
_KINDS = (
    (
        ResourceType.COURSE,
        ("course", "coursera", "edx.org", "udemy", "youtu", "video", "vimeo", "lecture", "podcast"),
    ),
    (ResourceType.PAPER, ("arxiv.org", "doi.org", "paper", ".pdf")),
    (ResourceType.BOOK, ("book", "amazon.", "oreilly")),
    (ResourceType.PRACTICE, ("exercism", "leetcode", "kaggle", "exercise", "practice", "codewars")),
    (ResourceType.TOOL, ("github.com", "gitlab.com", "pypi.org", "npmjs")),
)


class RowLevel(StrEnum):
    """What a row becomes; those left out stay in the list, so that a person can take them in."""

    AREA = "area"
    SKILL = "skill"
    MILESTONE = "milestone"
    CRITERION = "criterion"
    RESOURCE = "resource"
    IGNORED = "ignored"


class Certainty(StrEnum):
    """How sure a reader is of a row's level and parent."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of a foreign file; `parent` is the number of the row it belongs to, `line` its line in the file.

    `key` is the key or id that the file gives it, and `prerequisites` hold keys, ids or titles of other rows.
    """

    level: RowLevel
    title: str
    parent: int | None = None
    line: int = 0
    certainty: Certainty = Certainty.SURE
    reason: str = ""
    summary: str = ""
    key: str = ""
    hours: tuple[float, float] | None = None
    is_ticked: bool = False
    is_optional: bool = False
    by_mentor: bool | None = None
    criteria: tuple[str, ...] = ()
    resources: tuple[ResourceOutline, ...] = ()
    prerequisites: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A foreign file as rows; `format` names its kind for people, `left_out` says what was not read and why.

    A file that is `restricted` is licensed for personal use only.
    """

    format: str
    title: str
    rows: tuple[ImportRow, ...]
    description: str = ""
    left_out: tuple[str, ...] = ()
    encoding: str = "UTF-8"
    source: str = ""
    licence: str = ""
    is_restricted: bool = False

    def count(self, level: RowLevel) -> int:
        return sum(row.level == level for row in self.rows)


class UnreadableFile(RoadmapError):
    """A file that is refused as a whole; the text is one sentence for the person who brought it."""


ABOVE = {
    RowLevel.SKILL: RowLevel.AREA,
    RowLevel.MILESTONE: RowLevel.SKILL,
    RowLevel.CRITERION: RowLevel.MILESTONE,
    RowLevel.RESOURCE: RowLevel.MILESTONE,
}
"""The level that each level is in."""


def container_of(rows: Sequence[ImportRow], number: int) -> int | None:
    """Return the row that a row is in: its parent of the level above, or the nearest such row before it."""
    needed = ABOVE.get(rows[number].level)
    if needed is None:
        return None
    above, steps = rows[number].parent, 0
    while above is not None and steps < len(rows):
        if rows[above].level is needed:
            return above
        above, steps = rows[above].parent, steps + 1
    before = (other for other in range(number - 1, -1, -1) if rows[other].level is needed)
    return next(before, None)


def is_left_out(rows: Sequence[ImportRow], number: int) -> bool:
    """Return whether a row, or one that it is in, is left out."""
    above: int | None = number
    for _ in range(len(rows)):
        if above is None:
            return False
        if rows[above].level is RowLevel.IGNORED:
            return True
        above = rows[above].parent
    return False


def make_resource(title: str, url: str) -> ResourceOutline | None:
    """Return a link as a resource of the type it looks like, or None when it is no web address."""
    url = url.strip()
    if len(url) > URL or not is_web_link(url):
        return None
    looks = f"{title} {url}".lower()
    kind = next((kind for kind, words in _KINDS if any(word in looks for word in words)), ResourceType.DOCS)
    return ResourceOutline(fit_line(title) or fit_line(url), url, kind)


class RowBuilder:
    """The rows that a reader found so far, and what it left out."""

    def __init__(self) -> None:
        self.rows: list[ImportRow] = []
        self._left_out: Counter[str] = Counter()

    def add(self, level: RowLevel, title: str, **fields: Any) -> int | None:
        """Add a row and return its number; a row without a title is left out.

        A title that is too long is continued in the summary. Raises UnreadableFile above MAX_ROWS.
        """
        line = fit_line(title)
        if not line:
            self.leave_out("rows without a title")
            return None
        if line.endswith("…") and level is not RowLevel.CRITERION:
            fields["summary"] = "\n\n".join(filter(None, (title.strip(), fields.get("summary", ""))))
        if level is RowLevel.CRITERION:
            line = fit_line(title, SENTENCE)
        fields["summary"] = fit_text(fields.get("summary", ""))
        fields["criteria"] = tuple(
            filter(None, (fit_line(text, SENTENCE) for text in fields.get("criteria", ())))
        )
        fields["key"] = fit_line(fields.get("key", ""))
        fields["prerequisites"] = tuple(filter(None, map(fit_line, fields.get("prerequisites", ()))))
        if len(self.rows) >= MAX_ROWS:
            raise UnreadableFile(f"This has more than {MAX_ROWS:,} rows. Import it in parts.")
        self.rows.append(ImportRow(level, line, **fields))
        return len(self.rows) - 1

    def change(self, number: int, **fields: Any) -> None:
        self.rows[number] = replace(self.rows[number], **fields)

    def guess(self, number: int, certainty: Certainty, reason: str) -> None:
        """Say that a row is less than sure, and why."""
        self.change(number, certainty=certainty, reason=reason)

    def leave_out(self, what: str, count: int = 1) -> None:
        """Count something that is not read; `what` is in the plural, with the reason."""
        if count:
            self._left_out[what] += count

    @property
    def left_out(self) -> tuple[str, ...]:
        """What was left out, each with its number behind it, so that one of them reads as well as many."""
        return tuple(f"{what} ({count:,})" for what, count in self._left_out.items())
