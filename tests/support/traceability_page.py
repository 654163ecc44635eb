"""docs/ml-engineer.md, made from the built-in roadmap: `uv run python -m tests.support.traceability_page`."""

from collections.abc import Iterator
from pathlib import Path

from roadmap.bootstrap import BUILT_IN
from roadmap.domain.roadmaps.outline_totals import HoursTotal, outline_totals
from roadmap.domain.roadmaps.outlines import Outline, SkillOutline
from roadmap.imports.outlines import read_outline

PAGE = Path(__file__).parents[2] / "docs" / "ml-engineer.md"
HEAD = """\
# Where the built-in roadmap comes from

The roadmap *Machine Learning Engineer* is modeled on an article,
“{source}”.
Each of the {count} items in its lists is a skill that names its section. The foundations and foundation
models are not in the article: everything else builds on them.

Generated from the file: `uv run python -m tests.support.traceability_page` regenerates this page.

## The article's items
"""
HOURS = """
## Hours

Estimated hours from low to high, and the share of the core. Only one of several alternatives counts.
Optional skills are outside the numbers.
"""


def traceability_page(outline: Outline) -> str:
    """Return the page as it should be."""
    traced = [skill for skill in outline.skills.values() if skill.source]
    head = HEAD.format(source=outline.source, count=len(traced))
    return "\n".join([head, *_items(traced), HOURS, *_hours(outline), ""])


def _items(skills: list[SkillOutline]) -> Iterator[str]:
    yield "| section | item | skill | milestones |"
    yield "|---|---|---|---|"
    for skill in skills:
        section, _, item = skill.source.partition(": ")
        milestones = ", ".join(f"`{milestone.key}`" for milestone in skill.milestones)
        yield f"| {section} | {item} | `{skill.key}` | {milestones} |"


def _hours(outline: Outline) -> Iterator[str]:
    totals = outline_totals(outline)
    yield "| | | hours | share of the core |"
    yield "|---|---|---|---|"
    yield f"| core | | {totals.core_low:.0f}–{totals.core_high:.0f} | |"
    yield from (_row("area", total) for total in totals.areas)
    yield from (_row("pathway", total) for total in totals.pathways)
    for skill in outline.skills.values():
        if skill.optional:
            low = sum(milestone.hours_low for milestone in skill.milestones)
            high = sum(milestone.hours_high for milestone in skill.milestones)
            yield f"| optional skill | {skill.title} | {low:.0f}–{high:.0f} | |"


def _row(kind: str, total: HoursTotal) -> str:
    return f"| {kind} | {total.title} | {total.low:.0f}–{total.high:.0f} | {total.share:.0%} |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(traceability_page(read_outline(BUILT_IN.read_bytes())), encoding="utf-8")


if __name__ == "__main__":
    main()
