"""The pages of an account's archive for people: one that explains the files, and all texts to read."""

from collections.abc import Callable, Iterable, Iterator

from roadmap.domain.reports.archives import AccountArchive, Row
from roadmap.exports.report_markdown import escape_markdown
from roadmap.exports.standalone_html import render_file

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
    blocks = ["# What was written"]
    for title, texts in _sections(archive):
        written = [block for heading, text in texts if text for block in _quote(heading, text)]
        blocks += [f"## {title}", *written] if written else []
    return ("\n\n".join(blocks) + "\n").encode()


def _sections(archive: AccountArchive) -> Iterator[tuple[str, Iterable[Text]]]:
    title_of = _milestone_titles(archive)
    marks = {(event["enrollment"], event["reason"]): event["milestone"] for event in archive.rows("events")}

    def numbered(row: Row, milestone: str | None) -> Text:
        return f"{title_of(row['enrollment'], milestone)}, no. {row['number']}", row["text"]

    yield "Private notes", (numbered(row, row["milestone"]) for row in archive.rows("notes"))
    yield (
        "Reasons",
        (numbered(row, marks.get((row["enrollment"], row["number"]))) for row in archive.rows("reasons")),
    )
    yield "Evidence", (_evidence(row, title_of) for row in archive.rows("evidence"))
    yield "Submissions", map(_submission, archive.rows("submissions"))
    yield "Reviews", map(_review, archive.rows("reviews"))
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
    heading = f"{milestone}, no. {row['revision']}: {row['title'] or ''}"
    return heading, "\n\n".join(filter(None, (row["url"], row["text"])))


def _submission(row: Row) -> Text:
    return f"{row['title']}, {row['submitted_at'].date().isoformat()}", row["comment"]


def _review(row: Row) -> Text:
    reviewed_on = row["reviewed_at"].date().isoformat()
    heading = f"{row['title']}: {row['outcome']} by {row['reviewer']}, {reviewed_on}"
    return heading, "\n\n".join(filter(None, (row["reason"], row["feedback"])))


def _mentor_note(row: Row) -> Text:
    return f"{row['role']} with {row['other']}", row["note"]


def _quote(heading: str, text: str) -> Iterator[str]:
    """A heading, and the lines of the text as a quotation."""
    yield f"### {escape_markdown(heading)}"
    lines = [escape_markdown(line) for line in text.splitlines()]
    yield "\n".join(f"> {line}\\" if line and line is not lines[-1] else f"> {line}" for line in lines)
