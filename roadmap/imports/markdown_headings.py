"""The headings above each section of a Markdown file, and the skills that are made of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roadmap.domain.imports.import_rows import Certainty, RowBuilder, RowLevel
from roadmap.imports.markdown_lists import Item, Section, read_inline

Path = tuple[Section, ...]


def find_paths(
    sections: Sequence[Section], top: Section | None, holds_rows: Callable[[Section], bool]
) -> dict[int, Path]:
    """Return the headings above what each section holds, by the number of the section.

    Headings that everything is below say nothing and are left out, as the title is.
    """
    open_headings: list[Section] = []
    paths: dict[int, Path] = {}
    for number, section in enumerate(sections):
        if section.level:
            open_headings = [heading for heading in open_headings if heading.level < section.level]
            open_headings.append(section)
        if holds_rows(section):
            paths[number] = tuple(heading for heading in open_headings if heading is not top)
    while all(len(path) > 1 for path in paths.values()) and any(len(path) > 2 for path in paths.values()):
        if len({id(path[0]) for path in paths.values()}) > 1:
            break
        paths = {number: path[1:] for number, path in paths.items()}
    return paths


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
