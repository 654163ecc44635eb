"""The pages of an account's archive for people: one that explains the files, and all texts to read."""

from collections.abc import Callable, Iterable, Iterator

from roadmap.domain.archive_learning import TextRecord
from roadmap.domain.archive_mentoring import ReviewRecord
from roadmap.domain.archives import AccountArchive, AccountExport
from roadmap.exports.archive_tables import PROFILE, TABLES
from roadmap.exports.file_pages import render_file
from roadmap.exports.markdown_texts import escape_markdown

Text = tuple[str, str | None]
"""A heading and what stands under it, if anything does."""

TitleOf = Callable[[str, str | None], str]
"""The title of a milestone, by its enrollment and its key."""


def explain(export: AccountExport) -> bytes:
    """The page that names every file, says what it holds, and links it."""
    counted = [(table, len(table.rows(export.archive))) for table in (PROFILE, *TABLES)]
    return render_file("files/data.html", export=export, profile=export.archive.profile, tables=counted)


def texts_page(export: AccountExport) -> bytes:
    """Everything that was written, as Markdown that shows it as it was typed."""
    blocks = ["# What was written"]
    for title, texts in _sections(export.archive, _titles(export)):
        written = [block for heading, text in texts if text for block in _text(heading, text)]
        blocks += [f"## {title}", *written] if written else []
    return ("\n\n".join(blocks) + "\n").encode()


def _titles(export: AccountExport) -> TitleOf:
    """What a milestone of an enrollment is called in the newest edition that is in the archive."""
    roadmaps = {each.enrollment: each.roadmap for each in export.archive.enrollments}
    titles = {
        (outline.slug, key): milestone.title
        for _, outline in export.outlines
        for key, milestone in outline.milestones.items()
    }
    return lambda enrollment, key: titles.get((roadmaps.get(enrollment, ""), key or ""), key or "")


def _sections(archive: AccountArchive, title_of: TitleOf) -> Iterator[tuple[str, Iterable[Text]]]:
    marks = {(each.enrollment, each.reason): each.milestone for each in archive.events}
    yield (
        "Private notes",
        (_numbered(each, title_of(each.enrollment, each.milestone)) for each in archive.notes),
    )
    yield (
        "Reasons",
        (
            _numbered(each, title_of(each.enrollment, marks.get((each.enrollment, each.number))))
            for each in archive.reasons
        ),
    )
    yield (
        "Evidence",
        (
            (
                f"{title_of(each.enrollment, each.milestone)}, no. {each.revision}: {each.title or ''}",
                each.url or each.text,
            )
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


def _numbered(each: TextRecord, title: str) -> Text:
    return f"{title}, no. {each.number}", each.text


def _review(each: ReviewRecord) -> Text:
    signed = f"{each.title}: {each.outcome} by {each.reviewer}, {each.reviewed_at.date().isoformat()}"
    return signed, "\n\n".join(filter(None, (each.reason, each.feedback)))


def _text(title: str, text: str) -> Iterator[str]:
    """A heading, and the lines of the text as a quotation."""
    yield f"### {escape_markdown(title)}"
    lines = [escape_markdown(line) for line in text.splitlines()]
    yield "\n".join(f"> {line}\\" if line and line is not lines[-1] else f"> {line}" for line in lines)
