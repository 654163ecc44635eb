"""Everything an account holds as one ZIP: JSON for programs, CSV for spreadsheets, pages for people."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic_core import to_json

from roadmap.domain.reports.archives import AccountArchive, ArchiveList
from roadmap.exports.archive_pages import write_index, write_texts
from roadmap.exports.outlines.documents import write_outline
from roadmap.exports.report_markdown import write_markdown
from roadmap.exports.table_csv import Cell, write_table

FORMAT = 1
"""The version of `account.json`, which rises when a field changes its meaning or goes away."""

READABLE = 0o644 << 16
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a ZIP can name; the real one would make other bytes each time."""


def write_account_zip(archive: AccountArchive) -> bytes:
    """The ZIP; the same archive is the same bytes."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, parts in _files(archive):
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, READABLE, 3
            with packed.open(entry, "w") as packed_file:
                for part in parts:
                    packed_file.write(part)
    return file.getvalue()


def _files(archive: AccountArchive) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The path of each file, and its content in parts."""
    yield "index.html", [write_index(archive)]
    yield "texts.md", [write_texts(archive)]
    for name, report in archive.reports:
        yield name, [write_markdown(report)]
    for name, content in archive.frozen:
        yield name, [content]
    yield "account.json", _json(archive)
    for table in archive.lists.values():
        yield table.file, [_csv(table)]
    for name, outline in archive.outlines:
        yield name, [write_outline(outline)]


def _json(archive: AccountArchive) -> Iterator[bytes]:
    """The archive a row at a time, one on each line, so that no second copy of it is ever held."""
    yield b'{\n"format": %d,\n"exported_at": %s' % (FORMAT, to_json(archive.exported_at))
    for table in archive.lists.values():
        yield f',\n"{table.name}": '.encode()
        if table.is_single:
            yield to_json(table.rows[0])
            continue
        yield b"["
        for number, row in enumerate(table.rows):
            yield (b",\n" if number else b"\n") + to_json(row)
        yield b"\n]"
    yield b"\n}\n"


def _csv(table: ArchiveList) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark; texts neutralised, lists and settings as JSON."""
    return write_table(
        table.columns, ([_cell(row[column]) for column in table.columns] for row in table.rows)
    )


def _cell(value: Any) -> Cell:
    match value:
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case list() | dict():
            return json.dumps(value, ensure_ascii=False) if value else ""
        case _:
            cell: Cell = value
            return cell
