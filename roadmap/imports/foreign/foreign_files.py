"""Finds out what kind of file somebody brought, and reads it."""

import re
from dataclasses import replace
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from roadmap.domain.imports.import_rows import ImportedFile, UnreadableFile
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.imports.foreign.case_packages import read_case
from roadmap.imports.foreign.foreign_texts import decode, load_foreign_json
from roadmap.imports.foreign.roadmapsh_archives import is_archive, read_roadmapsh_archive
from roadmap.imports.foreign.roadmapsh_graphs import graph_in, read_roadmapsh
from roadmap.imports.markdown_rows import read_markdown
from roadmap.imports.nested_lists import read_nested
from roadmap.imports.outline_problems import OutlineProblems
from roadmap.imports.outline_yaml import load_yaml
from roadmap.imports.outlines import read_outline
from roadmap.imports.table_rows import is_header
from roadmap.imports.tables import find_delimiter, read_table, split_cells

MAX_LINES = 100_000
MY_ROADMAP = "My roadmap"
_ROADMAP_FILE = re.compile(r"^(format|slug|areas)\s*:", re.MULTILINE)
_MARKDOWN = re.compile(
    r"^([ \t]*([-*+]|\d+[.)])[ \t]|#{1,6} |[ \t]*\|.*\|[ \t]*$|[ \t]*:?-+:?[ \t]*\|)", re.MULTILINE
)
_BOX_OR_HEADING = re.compile(r"\s*[-*+]\s\[[ xX]\]\s|#{1,6}\s|.*\|.*\|")
_JSON_LIST = re.compile(r"\s*\[\s*[\[{\"]")
_FIRST_OF_YAML = re.compile(r"---|[\w][\w .'-]{0,80}:(\s|$)")
_YAML_GROUP = re.compile(r"^[^\s#\-|>*\[][^\n:|]{0,120}:\s*(\||>)?\s*$", re.MULTILINE)


class FileFormat(StrEnum):
    """What a person says that a file is; `auto` to find out."""

    AUTO = "auto"
    MARKDOWN = "markdown"
    TABLE = "table"
    ROADMAPSH = "roadmapsh"
    CASE = "case"
    YAML = "yaml"


def read_foreign_file(
    data: bytes, *, title: str = "", name: str = "", kind: FileFormat = FileFormat.AUTO
) -> ImportedFile | Outline:
    """Return the rows of a file, or the outline of one in Roadmap's own format.

    `title` is what the person calls it, `name` the name of the file. Raises UnreadableFile with one sentence,
    or OutlineProblems for a roadmap file with faults.
    """
    stem = PurePosixPath(name.replace("\\", "/")).stem
    if is_archive(data):
        return _renamed(read_roadmapsh_archive(data, title=stem or MY_ROADMAP), title)
    text, encoding = decode(data)
    if text.count("\n") > MAX_LINES:
        raise UnreadableFile(f"This has more than {MAX_LINES:,} lines. Import it in parts.")
    chosen = _kind_of(text, name.lower()) if kind is FileFormat.AUTO else kind
    try:
        imported = _read(text, chosen, stem or MY_ROADMAP)
    except UnreadableFile:
        # What looks like YAML may be a list with a colon in its first line.
        is_list = kind is FileFormat.AUTO and chosen is FileFormat.YAML and _MARKDOWN.search(text)
        if not is_list or text.lstrip()[:1] in "{[":
            raise
        imported = read_markdown(text, title=stem or MY_ROADMAP)
    if isinstance(imported, Outline):
        return imported
    return _renamed(replace(imported, encoding=encoding), title)


def _renamed(imported: ImportedFile, title: str) -> ImportedFile:
    """Call it what the person calls it, with the rows that are named after the whole."""
    if not imported.rows:
        raise UnreadableFile("This contains no list, table or map.")
    if not title or title == imported.title:
        return imported
    rows = (
        replace(row, title=title) if row.title == imported.title and row.reason else row
        for row in imported.rows
    )
    return replace(imported, title=title, rows=tuple(rows))


def _kind_of(text: str, name: str) -> FileFormat:
    start = text.lstrip()[:1]
    is_json = start == "{" or _JSON_LIST.match(text)
    if is_json or name.endswith((".yaml", ".yml", ".json")):
        return FileFormat.YAML
    if name.endswith((".csv", ".tsv")):
        return FileFormat.TABLE
    if _ROADMAP_FILE.search(text) and "areas:" in text:
        return FileFormat.YAML
    lines = [line for line in text.splitlines() if line.strip()][:50]
    first = next((line for line in lines if not line.startswith("#")), "")
    is_plain = not any(_BOX_OR_HEADING.match(line) for line in lines)
    if is_plain and _FIRST_OF_YAML.match(first) and any(_YAML_GROUP.match(line) for line in lines):
        return FileFormat.YAML
    if sum(1 for line in lines if _MARKDOWN.match(line)) * 3 < len(lines) and _is_table(text):
        return FileFormat.TABLE
    return FileFormat.MARKDOWN


def _is_table(text: str) -> bool:
    # The beginning is enough to tell, and a long table is refused with its own sentence.
    text = text[:20_000].rpartition("\n")[0] if len(text) > 20_000 else text
    sign = find_delimiter(text)
    lines = [line for line in text.splitlines() if line.strip()]
    if sign == "\t":
        return sum(sign in line for line in lines) * 2 > len(lines)
    try:
        rows, _ = split_cells(text)
    except UnreadableFile:
        return False
    widths = {len(row) for row in rows[:20]}
    return len(rows[0]) > 1 and (is_header(rows[0]) or (len(widths) == 1 and len(rows) > 2))


def _read(text: str, kind: FileFormat, title: str) -> ImportedFile | Outline:
    if kind is FileFormat.MARKDOWN:
        return read_markdown(text, title=title)
    if kind is FileFormat.TABLE:
        return read_table(text, title=title)
    is_json = text.lstrip()[:1] in {"{", "["}
    is_roadmap_file = '"areas"' in text and '"format"' in text
    if is_json and not is_roadmap_file:
        return _read_json(load_foreign_json(text), title)
    if kind in {FileFormat.CASE, FileFormat.ROADMAPSH}:
        raise UnreadableFile("This isn’t JSON. Choose another format, or let Roadmap detect it.")
    if _ROADMAP_FILE.search(text) or is_json:
        return read_outline(text.encode())
    return _read_yaml(text, title)


def _read_json(value: Any, title: str) -> ImportedFile:
    if isinstance(value, dict):
        if "mockup" in value:
            raise UnreadableFile(
                "This is an old roadmap.sh mock-up. Only maps with nodes and edges can be read."
            )
        if graph := graph_in(value):
            return read_roadmapsh(graph, title=title)
        if value.keys() & {"CFDocument", "CFItems", "CFPackage"}:
            return read_case(value, title=title)
    return read_nested(value, title=title, kind="JSON list")


def _read_yaml(text: str, title: str) -> ImportedFile:
    try:
        tree = load_yaml(text.encode())
    except OutlineProblems as error:
        problem = error.problems[0]
        raise UnreadableFile(f"Line {problem.line}: {problem.message}.") from error
    if tree.problems:
        raise UnreadableFile(f"Line {tree.problems[0].line}: {tree.problems[0].message}.")
    return read_nested(tree.data, title=title, kind="YAML list")
