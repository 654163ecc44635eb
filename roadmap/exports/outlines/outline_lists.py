"""An outline as a Markdown list with checkboxes, as people keep and share their lists."""

import re
from collections.abc import Collection, Iterator

from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline

_MARKS = re.compile(r"([\\`*_\[\]<>#|~!&])")
_STARTS = re.compile(r"^(\d+)([.)])|^([-+])")


def write_outline_list(outline: Outline, *, done: Collection[str] = ()) -> bytes:
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
