"""What readers of foreign files make of them: plain rows, in the order of the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from roadmap.domain.errors import RoadmapError
from roadmap.domain.roadmaps.outlines import ResourceOutline

MAX_ROWS = 5_000


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
        """Return how many rows of a level there are."""
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
