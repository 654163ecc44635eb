"""The skills of a Markdown file: headings, and lines that group others."""

from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.domain.imports.import_rows import Certainty, RowLevel
from roadmap.domain.imports.row_builder import RowBuilder
from roadmap.imports.markdown_lists import Item, Section, read_inline


@dataclass(slots=True)
class MarkdownSkill:
    """A skill that is added when its first milestone comes; `why` says why its name is less than sure."""

    builder: RowBuilder
    is_below_area: bool
    title: str
    area: int | None
    heading: Section | None = None
    why: str = ""
    line: int = 0
    row: int | None = None

    def number(self) -> int | None:
        """Return the row of the skill."""
        if self.row is None:
            prose = self.heading.prose if self.heading else []
            line = self.heading.line if self.heading else self.line
            self.row = self.builder.add(
                RowLevel.SKILL, self.title, parent=self.area, line=line, summary=summarize(prose)
            )
            if self.row is not None and self.why:
                self.builder.guess(self.row, Certainty.LIKELY, self.why)
        return self.row

    def inside(self, item: Item, title: str) -> "MarkdownSkill":
        """Return the skill of an item that groups others."""
        why = "" if item.heading else "this line groups lines with checkboxes"
        own = self.title if not self.why and self.is_below_area else ""
        name = " · ".join(filter(None, (own, title))) or self.title
        return MarkdownSkill(self.builder, self.is_below_area, name, self.area, why=why, line=item.line)


def summarize(prose: Sequence[str]) -> str:
    """Return the first paragraphs as plain text."""
    return "\n\n".join(read_inline(paragraph).plain for paragraph in prose[:3])
