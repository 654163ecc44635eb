"""The formats in which a roadmap can be taken along; lists and tables have what somebody has done."""

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline
from roadmap.domain.table_cells import escape_bullet
from roadmap.exports.outline_documents import outline_fields, write_outline
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
_MARKS = re.compile(r"([\\`*_\[\]<>#|~!&])")
_STARTS = re.compile(r"^(\d+)([.)])|^([-+])")


def _write_csv(outline: Outline, done: Collection[str]) -> bytes:
    """Return a row for each milestone, with the columns that an import reads."""
    return write_table(COLUMNS, _rows(outline, done))


def _rows(outline: Outline, done: Collection[str]) -> Iterator[tuple[str, ...]]:
    for area in outline.areas:
        for skill in area.skills:
            for milestone in skill.milestones:
                links = [f"{resource.title} ({resource.url})" for resource in milestone.resources]
                yield (
                    area.title,
                    skill.title,
                    escape_bullet(milestone.title),
                    milestone.key,
                    milestone.summary,
                    "\n".join(map(escape_bullet, milestone.done_when)),
                    f"{milestone.hours_low:g}-{milestone.hours_high:g} h",
                    "\n".join(map(escape_bullet, links)),
                    "\n".join(milestone.prerequisites),
                    "yes" if milestone.optional else "",
                    "x" if milestone.key in done else "",
                )


def _write_list(outline: Outline, done: Collection[str]) -> bytes:
    """Return Markdown in UTF-8: headings for areas and skills, a box for each milestone."""
    return ("\n".join(_lines(outline, done)) + "\n").encode()


def _lines(outline: Outline, done: Collection[str]) -> Iterator[str]:
    yield f"# {_plain(outline.title)}"
    if outline.summary:
        yield f"\n{_plain(outline.summary)}"
    for area in outline.areas:
        yield f"\n## {_plain(area.title)}"
        for skill in area.skills:
            yield f"\n### {_plain(skill.title)}\n"
            for milestone in skill.milestones:
                yield from _milestone(milestone, is_done=milestone.key in done)


def _milestone(milestone: MilestoneOutline, *, is_done: bool) -> Iterator[str]:
    yield f"- [{'x' if is_done else ' '}] {_plain(milestone.title)}"
    for criterion in milestone.done_when:
        yield f"  - {_plain(criterion)}"
    for resource in milestone.resources:
        yield f"  - [{_plain(resource.title)}](<{resource.url}>)"


def _plain(text: str) -> str:
    """Return a text on one line in which nothing is a mark of Markdown."""
    line = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _STARTS.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", line)


@dataclass(frozen=True, slots=True)
class OutlineFormat:
    """A format by its extension; `write` takes an outline and the keys of what somebody has done."""

    extension: str
    media_type: str
    write: Callable[[Outline, Collection[str]], bytes]


def _write_json(outline: Outline, _: Collection[str]) -> bytes:
    return (json.dumps(outline_fields(outline), ensure_ascii=False, indent=2) + "\n").encode()


OUTLINE_FORMATS = {
    form.extension: form
    for form in (
        OutlineFormat("yaml", "application/yaml", lambda outline, _: write_outline(outline)),
        OutlineFormat("json", "application/json", _write_json),
        OutlineFormat("md", "text/markdown", _write_list),
        OutlineFormat("csv", "text/csv", _write_csv),
    )
}
