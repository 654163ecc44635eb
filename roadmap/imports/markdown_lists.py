"""Reads lists, tables and headings of a Markdown file as rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from roadmap.domain.imports.import_rows import UnreadableFile, make_resource
from roadmap.domain.roadmaps.outlines import ResourceOutline

MAX_LINES = 12_000
MAX_CELLS = 40_000
MAX_INLINE = 4_000
_LINKS_WITH_SCHEME = {"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False}
_BOX = re.compile(r"\[([ xX✓✔✅])\](?:\s+|$)")
_TICKS = re.compile(r"[✅✔☑]️?\s*")
_BLOCKS = MarkdownIt("commonmark").enable("table").disable("inline")
_INLINE = MarkdownIt("commonmark", {"linkify": True}).enable(["linkify", "strikethrough"])

if _INLINE.linkify:
    _INLINE.linkify.set(_LINKS_WITH_SCHEME)


@dataclass(slots=True)
class Text:
    """A piece of Markdown as plain text, with its links; `is_link` when it is a link and nothing else."""

    plain: str
    links: tuple[ResourceOutline, ...] = ()
    is_link: bool = False
    lost_links: int = 0


@dataclass(slots=True)
class Item:
    """An item of a list with the items and headings inside; `box` is None without a box."""

    line: int
    source: str = ""
    box: bool | None = None
    more: list[str] = field(default_factory=list)
    children: list["Item"] = field(default_factory=list)
    heading: bool = False

    @property
    def has_boxes(self) -> bool:
        """Whether this item or one inside has a box."""
        return self.box is not None or any(child.has_boxes for child in self.children)


@dataclass(slots=True)
class Table:
    """A table: its cells as Markdown, the header first, and the line of each row."""

    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """A heading with what is below it, up to the next heading; level 0 is the beginning of the file."""

    level: int
    title: str
    line: int
    prose: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def read_sections(text: str) -> list[Section]:
    """Return the headings of a Markdown text with their lists, tables and prose.

    Raises UnreadableFile for a text with too many lines or cells to be somebody's list.
    """
    if text.count("\n") > MAX_LINES:
        raise UnreadableFile(f"This has more than {MAX_LINES:,} lines. Import it in parts.")
    if text.count("|") > MAX_CELLS:
        raise UnreadableFile(f"This has more than {MAX_CELLS:,} table cells. Import it in parts.")
    return _Sections().read(_BLOCKS.parse(text))


def read_inline(source: str) -> Text:
    """Return the text of an item, a heading or a cell without its marks, and the links in it."""
    source = source[:MAX_INLINE]
    parts: list[str] = []
    links: list[ResourceOutline] = []
    outside, lost, url, start = 0, 0, "", 0
    for token in _INLINE.parseInline(source)[0].children or ():
        if token.type == "link_open":
            url, start = str(token.attrs.get("href", "")), len(parts)
        elif token.type == "link_close":
            resource = make_resource("".join(parts[start:]), url)
            links.append(resource) if resource else None
            lost, url = lost + (resource is None), ""
        elif token.type in {"text", "code_inline"}:
            parts.append(token.content)
            outside += 0 if url else len(token.content.strip(" .,;:()–-"))
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return Text("".join(parts).strip(), tuple(links), bool(links or lost) and not outside, lost)


def take_tick(text: str) -> tuple[str, bool]:
    """Return a text without signs for done, and whether it had one."""
    without = _TICKS.sub("", text)
    return without.strip(), without != text


class _Sections:
    """Walks over the tokens of a file."""

    def __init__(self) -> None:
        self.sections = [Section(0, "", 1)]
        self.items: list[Item] = []
        self.table: Table | None = None
        self.heading = 0

    def read(self, tokens: Sequence[Token]) -> list[Section]:
        for token in tokens:
            line = token.map[0] + 1 if token.map else 0
            if token.type == "list_item_open":
                self._open_item(line)
            elif token.type == "list_item_close":
                self.items.pop()
            elif token.type == "heading_open":
                self.heading = int(token.tag[1])
            elif token.type == "heading_close":
                self.heading = 0
            elif token.type == "table_open":
                self.table = Table()
                self.sections[-1].tables.append(self.table)
            elif token.type == "table_close":
                self.table = None
            elif token.type == "tr_open" and self.table:
                self.table.rows.append([])
                self.table.lines.append(line)
            elif token.type == "inline":
                self._take(token.content, line)
        return self.sections

    def _open_item(self, line: int) -> None:
        item = Item(line)
        (self.items[-1].children if self.items else self.sections[-1].items).append(item)
        self.items.append(item)

    def _take(self, content: str, line: int) -> None:
        if self.table:
            self.table.rows[-1].append(content)
        elif self.items:
            self._fill_item(self.items[-1], content)
        elif self.heading:
            self.sections.append(Section(self.heading, read_inline(content).plain, line))
        elif content:
            self.sections[-1].prose.append(content)

    def _fill_item(self, item: Item, content: str) -> None:
        if item.source:
            item.more.append(content)
            return
        box = _BOX.match(content)
        item.box = box[1] != " " if box else None
        # A heading in an item names the items below it, and ends nothing.
        item.heading = bool(self.heading)
        item.source = content[box.end() :] if box else content


def walk(items: Sequence[Item]) -> Iterator[Item]:
    """Yield items and all items inside them."""
    for item in items:
        yield item
        yield from walk(item.children)
