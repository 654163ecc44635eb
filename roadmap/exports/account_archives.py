"""Everything an account holds as one ZIP: JSON for programs, CSV for spreadsheets, pages for people."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic import TypeAdapter

from roadmap.domain.archives import AccountArchive, AccountExport
from roadmap.exports.archive_pages import explain, texts_page
from roadmap.exports.archive_tables import PROFILE, TABLES, ArchiveTable
from roadmap.exports.cells import neutralise
from roadmap.exports.outlines import write_outline
from roadmap.exports.report_csv import BYTE_ORDER_MARK, show_cell
from roadmap.exports.report_markdown import write_markdown

READABLE = 0o644 << 16
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a ZIP can name; the real one would make other bytes each time."""

ARCHIVE = TypeAdapter(AccountArchive)


def write_account_zip(export: AccountExport) -> bytes:
    """The ZIP; the same export is the same bytes."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, content in _pages(export):
            _add(packed, name, [content])
        _add(packed, "account.json", _json(export.archive))
        for table in (PROFILE, *TABLES):
            _add(packed, table.file, [_csv(table, export.archive)])
        for name, outline in export.outlines:
            _add(packed, name, [write_outline(outline)])
    return file.getvalue()


def read_account_json(content: bytes) -> AccountArchive:
    """The archive that `account.json` holds; raises ValidationError for anything else."""
    return ARCHIVE.validate_json(content)


def archive_schema() -> bytes:
    """Return the JSON Schema that `docs/my-data.schema.json` publishes."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ARCHIVE.json_schema(mode="serialization"),
        "title": "Everything an account holds",
    }
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()


def _pages(export: AccountExport) -> Iterator[tuple[str, bytes]]:
    yield "index.html", explain(export)
    yield "texts.md", texts_page(export)
    for name, report in export.reports:
        yield name, write_markdown(report)
    yield from export.frozen


def _add(packed: ZipFile, name: str, parts: Iterable[bytes]) -> None:
    entry = ZipInfo(name, EARLIEST)
    entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, READABLE, 3
    with packed.open(entry, "w") as file:
        for part in parts:
            file.write(part)


def _json(archive: AccountArchive) -> Iterator[bytes]:
    """The archive a record at a time, one on each line, so that no second copy of it is ever held."""
    yield b"{"
    for place, (name, adapter) in enumerate(_PARTS.items()):
        yield b",\n" if place else b"\n"
        yield f'"{name}": '.encode()
        value = getattr(archive, name)
        if not isinstance(value, tuple):
            yield adapter.dump_json(value)
            continue
        yield b"["
        for number, each in enumerate(value):
            yield b",\n" if number else b"\n"
            yield adapter.dump_json(each)
        yield b"\n]"
    yield b"\n}\n"


_PARTS: dict[str, TypeAdapter[Any]] = {
    "format": TypeAdapter(int),
    "exported_at": TypeAdapter(datetime),
    **{table.name: TypeAdapter(table.kind) for table in (PROFILE, *TABLES)},
}


def _csv(table: ArchiveTable, archive: AccountArchive) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark; texts neutralised, lists and settings as JSON."""
    lines = StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(table.columns)
    writer.writerows(
        [_cell(getattr(record, name)) for name in table.columns] for record in table.rows(archive)
    )
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()


def _cell(value: Any) -> str:
    match value:
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case tuple() | dict():
            return neutralise(json.dumps(value, ensure_ascii=False)) if value else ""
        case _:
            return show_cell(value)
