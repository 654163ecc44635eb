"""What the sections of a Markdown file become: areas, skills, milestones and what is in them."""

from collections.abc import Sequence

from roadmap.domain.imports.import_rows import Certainty, ImportedFile, RowBuilder, RowLevel, UnreadableFile
from roadmap.domain.roadmaps.outline_texts import DESCRIPTION, fit_line, fit_text
from roadmap.imports.copied_lists import use_markdown_markers
from roadmap.imports.markdown_headings import MarkdownSkill, Path, find_paths, summarize
from roadmap.imports.markdown_lists import (
    Item,
    Section,
    Table,
    Text,
    read_inline,
    read_sections,
    take_tick,
    walk,
)
from roadmap.imports.table_rows import name_columns
from roadmap.imports.tables import Skills, add_table

MAX_COLUMNS = 40
_A_LINK = "it’s only a link, so it’s something to read, not a result"
_NO_BOX = "lines without a checkbox, where others have one"
_NO_TABLE = "list items, where tables contain the steps"
_ANCHOR = "lines that only link to another part of the file"


def read_markdown(text: str, *, title: str) -> ImportedFile:
    """Return the rows of a Markdown file; `title` is for files without one.

    A text without lists and tables is read line by line. Raises UnreadableFile when nothing is in it.
    """
    text = use_markdown_markers(text)
    sections = read_sections(text)
    reader = _Reader(sections, title)
    if not any(section.items or section.tables for section in sections):
        return _read_lines(text, reader.title)
    return reader.read()


def _read_lines(text: str, title: str) -> ImportedFile:
    builder = RowBuilder()
    skills = Skills(builder, title)
    for number, line in enumerate(text.splitlines(), 1):
        words, is_ticked = take_tick(line.lstrip("#").strip())
        if words:
            builder.add(
                RowLevel.MILESTONE,
                words,
                parent=skills.parent("", "", number),
                line=number,
                is_ticked=is_ticked,
                certainty=Certainty.GUESS,
                reason="it’s a line without a list marker",
            )
    if not builder.rows:
        raise UnreadableFile("This contains no list, table or line of text.")
    return ImportedFile("Lines of text", title, tuple(builder.rows))


class _Reader:
    """Adds what each section holds below the rows of its headings."""

    def __init__(self, sections: Sequence[Section], title: str) -> None:
        self.builder = RowBuilder()
        self.sections = sections
        tops = [section for section in sections if section.level == 1]
        self.top = tops[0] if len(tops) == 1 else None
        self.title = fit_line(self.top.title if self.top else "") or title
        self.has_boxes = any(item.has_boxes for section in sections for item in section.items)
        self.has_tables = any(len(table.rows) > 1 for section in sections for table in section.tables)
        self.paths = find_paths(sections, self.top, self._holds_rows)
        groups = {number for number in self.paths if any(map(self._is_group, sections[number].items))}
        self.depth = max((len(path) + (number in groups) for number, path in self.paths.items()), default=0)
        self.areas: dict[int, int | None] = {}

    def read(self) -> ImportedFile:
        for number, section in enumerate(self.sections):
            if number in self.paths:
                self._add_section(section, self.paths[number])
            elif section is not self.top:
                self.builder.leave_out("list items outside the plan", len(section.items))
        prose = self.top.prose if self.top else self.sections[0].prose
        description = fit_text("\n\n".join(prose), DESCRIPTION)
        kind = "Markdown list with checkboxes" if self.has_boxes else "Markdown"
        return ImportedFile(
            kind, self.title, tuple(self.builder.rows), description, left_out=self.builder.left_out
        )

    def _is_group(self, item: Item) -> bool:
        return item.heading or (self.has_boxes and item.box is None and item.has_boxes)

    def _holds_rows(self, section: Section) -> bool:
        if any(len(table.rows) > 1 for table in section.tables):
            return True
        if self.has_boxes:
            return any(item.has_boxes for item in section.items)
        return bool(section.items) and not self.has_tables

    def _add_section(self, section: Section, path: Path) -> None:
        area = self._area(path)
        names = [heading.title for heading in path]
        name = " · ".join(names[1:] if self.depth > 1 else names)
        skills = Skills(self.builder, name or (names[0] if names else self.title), area=area)
        why = "" if name else "there’s no heading between the area and these lines"
        skill = MarkdownSkill(
            self.builder, self.depth > 1, skills.title, area, path[-1] if name else None, why
        )
        self._add_items(section.items, skill)
        for table in section.tables:
            self._add_table(table, skill, skills)

    def _area(self, path: Path) -> int | None:
        heading = path[0] if path and self.depth > 1 else None
        place = heading.line if heading else 0
        if place not in self.areas:
            title, prose = (heading.title, heading.prose) if heading else (self.title, [])
            self.areas[place] = self.builder.add(RowLevel.AREA, title, line=place, summary=summarize(prose))
            if heading is None and (number := self.areas[place]) is not None:
                self.builder.guess(number, Certainty.LIKELY, "no heading names an area")
        return self.areas[place]

    def _add_items(self, items: Sequence[Item], skill: MarkdownSkill) -> None:
        for item in items:
            text = read_inline(item.source)
            if self._is_group(item):
                inner = skill.inside(item, text.plain)
                self._add_items(item.children, inner)
            elif self.has_boxes and item.box is None:
                self.builder.leave_out(_NO_BOX, sum(1 for _ in walk([item])))
            elif not self.has_boxes and self.has_tables:
                self.builder.leave_out(_NO_TABLE, sum(1 for _ in walk([item])))
            elif text.is_link and not text.links:
                self.builder.leave_out(_ANCHOR)
                self._add_items(item.children, skill)
            else:
                self._add_milestone(item, text, skill)

    def _add_milestone(self, item: Item, text: Text, skill: MarkdownSkill) -> None:
        title, has_tick = take_tick(text.plain)
        number = self.builder.add(
            RowLevel.MILESTONE,
            title,
            parent=skill.number(),
            line=item.line,
            is_ticked=bool(item.box) or has_tick,
            resources=text.links,
            summary=summarize(item.more),
        )
        if number is None:
            return
        if text.is_link:
            self.builder.guess(number, Certainty.GUESS, _A_LINK)
        self.builder.leave_out("links to other files next to this one", text.lost_links)
        for child in walk(item.children):
            inner = read_inline(child.source)
            level = RowLevel.RESOURCE if inner.is_link and inner.links else RowLevel.CRITERION
            words = take_tick(inner.plain)[0]
            self.builder.add(level, words, parent=number, line=child.line, resources=inner.links)

    def _add_table(self, table: Table, skill: MarkdownSkill, skills: Skills) -> None:
        header, *body = (row[:MAX_COLUMNS] for row in table.rows)
        columns = name_columns([read_inline(cell).plain for cell in header])
        columns.setdefault("milestone", [0])
        texts = [[read_inline(cell) for cell in row] for row in body]
        skills.skill = skill.number()
        first = len(self.builder.rows)
        add_table(
            self.builder, columns, [[text.plain for text in row] for row in texts], table.lines[1:], skills
        )
        cells = {
            line: row[columns["milestone"][0]]
            for line, row in zip(table.lines[1:], texts, strict=True)
            if row
        }
        for number in range(first, len(self.builder.rows)):
            row = self.builder.rows[number]
            if row.level is RowLevel.MILESTONE and row.line in cells:
                title, has_tick = take_tick(row.title)
                links = (*cells[row.line].links, *row.resources)
                self.builder.change(number, title=title, resources=links, is_ticked=row.is_ticked or has_tick)
