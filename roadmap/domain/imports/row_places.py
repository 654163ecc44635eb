"""Which row each row of a foreign file is in, also after levels were changed."""

from collections.abc import Sequence

from roadmap.domain.imports.import_rows import ImportRow, RowLevel

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
