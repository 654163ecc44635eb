"""The pages of an account's archive for people: one that explains the files, and all texts to read."""

from collections.abc import Iterable, Iterator

from roadmap.domain.archives import AccountArchive, AccountExport
from roadmap.exports.archive_tables import PROFILE, TABLES
from roadmap.exports.file_pages import render_file
from roadmap.exports.markdown_texts import escape_markdown, link_markdown


def explain(export: AccountExport) -> bytes:
    """The page that names every file, says what it holds, and links it."""
    counted = [(table, len(table.rows(export.archive))) for table in (PROFILE, *TABLES)]
    return render_file("files/data.html", export=export, profile=export.archive.profile, tables=counted)


def texts_page(archive: AccountArchive) -> bytes:
    """Everything that was written, as Markdown that shows it as it was typed."""
    blocks = ["# What was written", *_notes(archive), *_evidence(archive), *_submissions(archive)]
    blocks += [*_reviews(archive), *_mentor_notes(archive)]
    return ("\n\n".join(blocks) + "\n").encode()


def _notes(archive: AccountArchive) -> Iterator[str]:
    yield "## Private notes"
    yield from _texts((f"{each.milestone}, no. {each.number}", each.text) for each in archive.notes)
    yield "## Reasons"
    yield from _texts((f"no. {each.number}", each.text) for each in archive.reasons)


def _evidence(archive: AccountArchive) -> Iterator[str]:
    yield "## Evidence"
    for each in archive.evidence:
        title = f"{each.milestone}: {each.title or ''}"
        yield from _texts([(title, each.text or each.url)])
        if each.url:
            yield link_markdown(each.title or each.url, each.url)


def _submissions(archive: AccountArchive) -> Iterator[str]:
    yield "## Submissions"
    yield from _texts(
        (f"{each.title}, {each.submitted_at.date().isoformat()}", each.comment)
        for each in archive.submissions
    )


def _reviews(archive: AccountArchive) -> Iterator[str]:
    yield "## Reviews"
    for each in archive.reviews:
        signed = f"{each.title}: {each.outcome} by {each.reviewer}, {each.reviewed_at.date().isoformat()}"
        yield from _texts([(signed, "\n\n".join(filter(None, (each.reason, each.feedback))))])


def _mentor_notes(archive: AccountArchive) -> Iterator[str]:
    yield "## Notes of mentors"
    yield from _texts((f"{each.role} with {each.other}", each.note) for each in archive.mentorships)


def _texts(texts: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """A heading for each text that says something, and its lines as a quotation."""
    for title, text in texts:
        if text:
            yield f"### {escape_markdown(title)}"
            yield "\n".join(f"> {escape_markdown(line)}\\" if line else ">" for line in text.splitlines())
