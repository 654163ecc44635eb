"""An outline as CSV: a row for each milestone, with the columns that an import reads."""

import csv
import io
from collections.abc import Collection

from roadmap.domain.roadmaps.outlines import Outline
from roadmap.exports.formatting import escape_formula

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
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for area in outline.areas:
        for skill in area.skills:
            for milestone in skill.milestones:
                links = "\n".join(f"{resource.title} ({resource.url})" for resource in milestone.resources)
                row = (
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
                writer.writerow(map(escape_formula, row))
    # The mark lets spreadsheets see that it is UTF-8.
    return b"\xef\xbb\xbf" + text.getvalue().encode()
