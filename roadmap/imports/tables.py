"""Reads CSV, and cells that were copied from a spreadsheet, as rows."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from roadmap.domain.imports.import_rows import Certainty, ImportedFile, RowBuilder, RowLevel, UnreadableFile
from roadmap.domain.table_cells import strip_bullet, unescape_formula
from roadmap.imports.table_rows import (
    Columns,
    cell_reader,
    is_header,
    milestone_fields,
    name_columns,
)
from roadmap.imports.trees import Node, add_forest, nest

MAX_LINES = 20_000
MAX_COLUMNS = 100
DELIMITERS = "\t;,"


@dataclass(slots=True)
class Skills:
    """The areas and skills of a table, each added when its first milestone comes."""

    builder: RowBuilder
    title: str
    area: int | None = None
    skill: int | None = None
    numbers: dict[tuple[int | None, str], int | None] = field(default_factory=dict)

    def parent(self, area: str, skill: str, line: int) -> int | None:
        """Return the row of a skill; without an area it is in one named like the roadmap."""
        area_row = self.area
        if area_row is None:
            area_row = self._row(RowLevel.AREA, None, area or self.title, line, named=bool(area))
        if not skill and self.skill is not None:
            return self.skill
        return self._row(RowLevel.SKILL, area_row, skill or area or self.title, line, named=bool(skill))

    def _row(self, level: RowLevel, parent: int | None, title: str, line: int, *, named: bool) -> int | None:
        place = (parent if level is RowLevel.SKILL else None, f"{level}:{title}")
        if place not in self.numbers:
            number = self.builder.add(level, title, parent=parent, line=line)
            if number is not None and not named:
                self.builder.guess(number, Certainty.LIKELY, f"there’s no column for the {level}")
            self.numbers[place] = number
        return self.numbers[place]


def read_table(text: str, *, title: str) -> ImportedFile:
    """Return the rows of a table; raises UnreadableFile when it has none."""
    cells, delimiter = split_cells(text)
    builder = RowBuilder()
    header = cells[0] if is_header(cells[0]) else []
    columns = name_columns(header) if header else guess_columns(cells)
    body = cells[1:] if header else cells
    if {"parent", "key", "milestone"} <= columns.keys():
        _add_nested(builder, columns, body, title)
    else:
        add_table(
            builder, columns, body, range(1 + len(cells) - len(body), len(cells) + 1), Skills(builder, title)
        )
    if header:
        _count_unread(builder, header, columns)
    kind = {"\t": "Spreadsheet cells"}.get(delimiter, f"Table separated by “{delimiter}”")
    return ImportedFile(kind, title, tuple(builder.rows), left_out=builder.left_out)


def split_cells(text: str) -> tuple[list[list[str]], str]:
    """Return the rows of a table that have something in them, and its delimiter."""
    if text.count("\n") > MAX_LINES:
        raise UnreadableFile(f"This has more than {MAX_LINES:,} lines. Import it in parts.")
    delimiter = find_delimiter(text)
    try:
        rows = [
            row[:MAX_COLUMNS]
            for row in csv.reader(io.StringIO(text), delimiter=delimiter)
            if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise UnreadableFile(f"This table can’t be read: {error}.") from error
    if not rows:
        raise UnreadableFile("This table has no rows.")
    return rows, delimiter


def find_delimiter(text: str) -> str:
    """Return what separates the cells: the sign that most of the first lines have equally often."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]

    def regularity(sign: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(sign)))
        return max(counts.values(), default=0), -DELIMITERS.index(sign)

    return max(DELIMITERS, key=regularity)


def guess_columns(rows: Sequence[Sequence[str]]) -> Columns:
    """Return the columns of a table without a header: the last of up to three texts is the milestone."""
    width = max(len(row) for row in rows)
    names = {1: ("milestone",), 2: ("skill", "milestone")}.get(width, ("area", "skill", "milestone"))
    return {name: [number] for number, name in enumerate(names)}


def add_table(
    builder: RowBuilder, columns: Columns, rows: Sequence[Sequence[str]], lines: Sequence[int], skills: Skills
) -> None:
    """Add a milestone for each row; an empty cell of area or skill repeats the one above."""
    area = skill = ""
    titled = columns.get("milestone") or columns.get("skill") or [0]
    for row, line in zip(rows, lines, strict=False):
        cell = cell_reader(columns, row)
        new_area = cell("area")
        # A skill does not go on below the next area.
        skill = (cell("skill") if "milestone" in columns else "") or (skill if new_area in {"", area} else "")
        area = new_area or area
        title = strip_bullet(unescape_formula(row[titled[0]].strip())) if titled[0] < len(row) else ""
        if title:
            fields = milestone_fields(columns, row)
            builder.add(
                RowLevel.MILESTONE, title, parent=skills.parent(area, skill, line), line=line, **fields
            )
        elif cell("milestone") or any(value.strip() for value in row):
            builder.leave_out("table rows without a milestone", int(not (new_area or cell("skill"))))


def _add_nested(builder: RowBuilder, columns: Columns, rows: Sequence[Sequence[str]], title: str) -> None:
    """Add a table whose rows name the row above them by its id."""
    nodes: list[tuple[str, str, Node]] = []
    for row in rows:
        cell = cell_reader(columns, row)
        nodes.append(
            (cell("key"), cell("parent"), Node(cell("milestone"), fields=milestone_fields(columns, row)))
        )
    add_forest(builder, nest(nodes), title)


def _count_unread(builder: RowBuilder, header: Sequence[str], columns: Columns) -> None:
    read = {number for numbers in columns.values() for number in numbers}
    names = [name.strip() for number, name in enumerate(header) if number not in read and name.strip()]
    if names:
        builder.leave_out(f"columns with unknown names: {', '.join(names)[:200]}", len(names))
