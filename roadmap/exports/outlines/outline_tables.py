"""An outline as CSV: a row for each milestone, with the columns that an import reads."""

from collections.abc import Collection, Iterator

from roadmap.domain.roadmaps.outlines import Outline
from roadmap.exports.table_csv import write_table

COLUMNS = (
    "area",
    "skill",
    "milestone",
    "key",
    "description",
    "done when",
    "hours",
    "link",
    "prerequisites",
    "optional",
    "done",
)


def write_outline_csv(outline: Outline, *, done: Collection[str] = ()) -> bytes:
    """Return a table in UTF-8; `done` are keys of milestones that somebody has done."""
    return write_table(COLUMNS, _rows(outline, done))


def _rows(outline: Outline, done: Collection[str]) -> Iterator[tuple[str, ...]]:
    for area in outline.areas:
        for skill in area.skills:
            for milestone in skill.milestones:
                links = "\n".join(f"{resource.title} ({resource.url})" for resource in milestone.resources)
                yield (
                    area.title,
                    skill.title,
                    milestone.title,
                    milestone.key,
                    milestone.summary,
                    "\n".join(milestone.done_when),
                    f"{milestone.hours_low:g}-{milestone.hours_high:g} h",
                    links,
                    "\n".join(milestone.prerequisites),
                    "yes" if milestone.optional else "",
                    "x" if milestone.key in done else "",
                )
