"""The pages of an account's archive for people: one that explains the files, and all texts to read."""

from collections.abc import Iterable, Iterator

from roadmap.domain.archive_mentoring import ReviewRecord
from roadmap.domain.archives import AccountArchive, AccountExport
from roadmap.exports.archive_tables import PROFILE, TABLES
from roadmap.exports.file_pages import render_file
from roadmap.exports.markdown_texts import escape_markdown

Text = tuple[str, str | None]
"""A heading and what stands under it, if anything does."""


def explain(export: AccountExport) -> bytes:
    """The page that names every file, says what it holds, and links it."""
    counted = [(table, len(table.rows(export.archive))) for table in (PROFILE, *TABLES)]
    return render_file("files/data.html", export=export, profile=export.archive.profile, tables=counted)


def texts_page(archive: AccountArchive) -> bytes:
    """Everything that was written, as Markdown that shows it as it was typed."""
    blocks = ["# What was written"]
    for title, texts in _sections(archive):
        written = [block for heading, text in texts if text for block in _text(heading, text)]
        blocks += [f"## {title}", *written] if written else []
    return ("\n\n".join(blocks) + "\n").encode()


def _sections(archive: AccountArchive) -> Iterator[tuple[str, Iterable[Text]]]:
    yield "Private notes", ((f"{each.milestone}, no. {each.number}", each.text) for each in archive.notes)
    yield "Reasons", ((f"no. {each.number}", each.text) for each in archive.reasons)
    yield (
        "Evidence",
        (
            (f"{each.milestone}, no. {each.revision}: {each.title or ''}", each.url or each.text)
            for each in archive.evidence
        ),
    )
    yield (
        "Submissions",
        (
            (f"{each.title}, {each.submitted_at.date().isoformat()}", each.comment)
            for each in archive.submissions
        ),
    )
    yield "Reviews", map(_review, archive.reviews)
    yield "Notes of mentors", ((f"{each.role} with {each.other}", each.note) for each in archive.mentorships)


def _review(each: ReviewRecord) -> Text:
    signed = f"{each.title}: {each.outcome} by {each.reviewer}, {each.reviewed_at.date().isoformat()}"
    return signed, "\n\n".join(filter(None, (each.reason, each.feedback)))


def _text(title: str, text: str) -> Iterator[str]:
    """A heading, and the lines of the text as a quotation."""
    yield f"### {escape_markdown(title)}"
    lines = [escape_markdown(line) for line in text.splitlines()]
    yield "\n".join(f"> {line}\\" if line and line is not lines[-1] else f"> {line}" for line in lines)
