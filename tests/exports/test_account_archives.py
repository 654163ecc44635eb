"""Everything an account holds as one ZIP: the same bytes, and it can be read back."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from sqlalchemy.orm import Session

from roadmap.domain.learning.progress import Status
from roadmap.domain.reports.archives import AccountArchive, ArchiveList, Row
from roadmap.domain.table_cells import unescape_formula
from roadmap.exports.account_archives import write_account_zip
from roadmap.exports.outline_documents import write_outline
from roadmap.queries.reports.archive_tables import EXPORTED
from roadmap.queries.reports.archives import account_archive
from tests.exports.archive_types import PUBLISHED, archive_adapter, archive_schema
from tests.support.cast import NOON
from tests.support.learning import Learning
from tests.support.mentoring import ask, mentor_of, review, say, submit
from tests.support.outlines import sample
from tests.support.report_records import ODD_TEXTS
from tests.support.zips import texts_in

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def archive(session: Session, learning: Learning) -> AccountArchive:
    """Lena with notes, evidence and an answer."""
    milo = mentor_of(learning)
    learning.note("first", "A note")
    learning.show("first")
    review(learning, submit(learning, comment="See the second part."), milo, feedback="Well done.")
    ask(learning, "second", "Which half?")
    return account_archive(session, of=learning.person, at=NOON)


def test_the_same_export_is_the_same_bytes(archive: AccountArchive) -> None:
    assert write_account_zip(archive) == write_account_zip(archive)


def test_the_json_reads_back_as_the_same_archive(archive: AccountArchive) -> None:
    content = texts_in(write_account_zip(archive))["account.json"]
    lists = {name: table.rows[0] if table.is_single else table.rows for name, table in archive.lists.items()}
    values = {"format": 1, "exported_at": archive.exported_at, **lists}
    assert archive_adapter().validate_json(content) == archive_adapter().validate_python(values)
    Draft202012Validator(json.loads(archive_schema())).validate(json.loads(content))


def test_the_outlines_are_roadmap_files(archive: AccountArchive) -> None:
    files = texts_in(write_account_zip(archive))
    assert [name for name in files if name.startswith("roadmaps/")] == ["roadmaps/sample-1.yaml"]
    assert files["roadmaps/sample-1.yaml"].encode() == write_outline(sample())


def test_the_page_names_every_file(archive: AccountArchive) -> None:
    files = texts_in(write_account_zip(archive))
    for name in files.keys() - {"index.html"}:
        assert f'href="{name}"' in files["index.html"], name
    assert "<script" not in files["index.html"]
    assert archive.file_name == "roadmap-data-2026-03-02"


def test_all_that_was_written_can_be_read(archive: AccountArchive) -> None:
    text = texts_in(write_account_zip(archive))["texts.md"]
    for each in ("A note", "example.org/a", "See the second part.", "Well done.", "by Milo", "Which half?"):
        assert each in text


def test_lines_and_paragraphs_are_those_that_were_typed(archive: AccountArchive) -> None:
    notes = with_values(archive, "notes", {"text": "a\nb\na\n\nEnd"})
    file = write_account_zip(replace(archive, lists={**archive.lists, "notes": notes}))
    html = MarkdownIt("commonmark").render(texts_in(file)["texts.md"])
    assert "<p>a<br />\nb<br />\na</p>\n<p>End</p>" in html


def test_what_was_written_stands_under_the_title_of_its_milestone(
    session: Session, learning: Learning
) -> None:
    learning.note("first", "A note")
    learning.mark("second", Status.SKIPPED, reason="Done at work")
    learning.show("habit", "My diary")
    text = texts_in(write_account_zip(account_archive(session, of=learning.person, at=NOON)))["texts.md"]
    headings = [line for line in text.splitlines() if line.startswith("### ")]
    assert [line.partition(",")[0] for line in headings] == ["### First", "### Second", "### Habit"]


def test_a_message_to_a_mentee_can_be_read_without_naming_their_milestone(
    session: Session, learning: Learning
) -> None:
    milo = mentor_of(learning)
    say(learning, milo, text="In the second half.")
    text = texts_in(write_account_zip(account_archive(session, of=milo, at=NOON)))["texts.md"]
    assert "### A mentee’s milestone: Milo" in text
    assert "> In the second half." in text


def test_each_list_is_a_table_too(archive: AccountArchive) -> None:
    files = texts_in(write_account_zip(archive))
    assert [*archive.lists] == [table.name for table in EXPORTED]
    for table in archive.lists.values():
        rows = list(csv.DictReader(StringIO(files[table.file], newline="")))
        assert len(rows) == len(table.rows)
        assert not rows or tuple(rows[0]) == table.columns
    (event,) = [row for row in csv.DictReader(StringIO(files["csv/events.csv"])) if row["kind"] == "note_set"]
    assert (event["milestone"], event["recorded_at"]) == ("first", "2026-03-02T12:00:00Z")


def with_values(archive: AccountArchive, name: str, values: Row) -> ArchiveList:
    """A list of the archive with these values in each of its rows."""
    table = archive.lists[name]
    return replace(table, rows=tuple(row | values for row in table.rows))


def test_odd_texts_survive_in_every_file(archive: AccountArchive) -> None:
    for text in ODD_TEXTS:
        survives_in_every_file(archive, text)


def survives_in_every_file(archive: AccountArchive, text: str) -> None:
    notes = with_values(archive, "notes", {"text": text})
    profile = with_values(archive, "profile", {"name": text})
    lists = {**archive.lists, "notes": notes, "profile": profile}
    files = texts_in(write_account_zip(replace(archive, lists=lists)))
    assert json.loads(files["account.json"])["notes"][0]["text"] == text
    (row,) = csv.DictReader(StringIO(files["csv/notes.csv"], newline=""))
    assert unescape_formula(row["text"]) == text
    assert not any(cell.startswith(tuple("=+-@＝\t\r")) for cell in row.values())
    assert "<script" not in files["index.html"]


def test_the_published_schema_equals_the_records() -> None:
    assert PUBLISHED.read_bytes() == archive_schema()


def documented() -> Iterator[str]:
    for table in EXPORTED:
        yield f"`{table.name}`"
        yield from (f"`{column}`" for column in table.columns)


def test_the_documentation_names_every_list_and_every_field() -> None:
    text = (DOCS / "my-data.md").read_text(encoding="utf-8")
    assert [name for name in documented() if name not in text] == []
