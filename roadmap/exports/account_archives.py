"""Everything an account holds as one ZIP: JSON for programs, CSV for spreadsheets, pages for people."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic_core import to_json

from roadmap.domain.reports.archives import AccountArchive, ArchiveList, Row
from roadmap.exports.outline_documents import write_outline
from roadmap.exports.report_markdown import escape_markdown, write_markdown
from roadmap.exports.standalone_html import render_file
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


Text = tuple[str, str | None]
"""A heading and the text under it, if there is one."""

TitleOf = Callable[[str, str | None], str]
"""The title of a milestone, by its enrollment and its key."""


def write_index(archive: AccountArchive) -> bytes:
    """The page that names every file, says what it holds, and links it."""
    (profile,) = archive.rows("profile")
    return render_file("files/data.html", archive=archive, profile=profile)


def write_texts(archive: AccountArchive) -> bytes:
    """Everything that was written, as Markdown that shows it as it was typed."""
    blocks = ["# All texts"]
    for title, texts in _sections(archive):
        written = [block for heading, text in texts if text for block in _quote(heading, text)]
        blocks += [f"## {title}", *written] if written else []
    return ("\n\n".join(blocks) + "\n").encode()


def _sections(archive: AccountArchive) -> Iterator[tuple[str, Iterable[Text]]]:
    title_of = _milestone_titles(archive)
    marks = {(event["enrollment"], event["reason"]): event["milestone"] for event in archive.rows("events")}

    def numbered(row: Row, milestone: str | None) -> Text:
        return f"{title_of(row['enrollment'], milestone)}, version {row['number']}", row["text"]

    yield "Private notes", (numbered(row, row["milestone"]) for row in archive.rows("notes"))
    yield (
        "Reasons",
        (numbered(row, marks.get((row["enrollment"], row["number"]))) for row in archive.rows("reasons")),
    )
    yield "Evidence", (_evidence(row, title_of) for row in archive.rows("evidence"))
    yield "Submissions", map(_submission, archive.rows("submissions"))
    yield "Reviews", map(_review, archive.rows("reviews"))
    yield "Conversations", (_message(row, title_of) for row in archive.rows("messages"))
    yield "Mentors’ notes", map(_mentor_note, archive.rows("mentorships"))


def _milestone_titles(archive: AccountArchive) -> TitleOf:
    """What a milestone of an enrollment is called in the newest edition that is in the archive."""
    roadmaps = {row["enrollment"]: row["roadmap"] for row in archive.rows("enrollments")}
    titles = {
        (outline.slug, key): milestone.title
        for _, outline in archive.outlines
        for key, milestone in outline.milestones.items()
    }
    return lambda enrollment, key: titles.get((roadmaps.get(enrollment, ""), key or ""), key or "")


def _evidence(row: Row, title_of: TitleOf) -> Text:
    milestone = title_of(row["enrollment"], row["milestone"])
    heading = f"{milestone}, version {row['revision']}: {row['title'] or ''}"
    return heading, "\n\n".join(filter(None, (row["url"], row["text"])))


def _submission(row: Row) -> Text:
    return f"{row['title']}, {row['submitted_at'].date().isoformat()}", row["comment"]


def _review(row: Row) -> Text:
    reviewed_on = row["reviewed_at"].date().isoformat()
    heading = f"{row['title']}: {row['outcome']} by {row['reviewer']}, {reviewed_on}"
    return heading, "\n\n".join(filter(None, (row["reason"], row["feedback"])))


def _message(row: Row, title_of: TitleOf) -> Text:
    milestone = title_of(row["enrollment"], row["milestone"]) or "A mentee’s milestone"
    return f"{milestone}: {row['author']}, {row['created_at'].date().isoformat()}", row["text"]


def _mentor_note(row: Row) -> Text:
    return f"{row['role']} with {row['other']}", row["note"]


def _quote(heading: str, text: str) -> Iterator[str]:
    """A heading, and the lines of the text as a quotation."""
    yield f"### {escape_markdown(heading)}"
    lines = [escape_markdown(line) for line in text.splitlines()]
    # A backslash breaks the line, but only before another one of the same paragraph.
    pairs = zip(lines, [*lines[1:], ""], strict=True)
    yield "\n".join(f"> {line}\\" if line and following else f"> {line}" for line, following in pairs)
