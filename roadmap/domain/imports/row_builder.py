"""Collects the rows of a foreign file, with texts that fit an outline."""

from collections import Counter
from dataclasses import replace
from typing import Any

from roadmap.domain.allowed_links import is_web_link
from roadmap.domain.imports.import_rows import MAX_ROWS, Certainty, ImportRow, RowLevel, UnreadableFile
from roadmap.domain.roadmaps.outlines import ResourceOutline, ResourceType
from roadmap.domain.roadmaps.text_limits import SENTENCE, URL, fit_line, fit_text

_KINDS = (
    (
        ResourceType.COURSE,
        ("course", "coursera", "edx.org", "udemy", "youtu", "video", "vimeo", "lecture", "podcast"),
    ),
    (ResourceType.PAPER, ("arxiv.org", "doi.org", "paper", ".pdf")),
    (ResourceType.BOOK, ("book", "amazon.", "oreilly")),
    (ResourceType.PRACTICE, ("exercism", "leetcode", "kaggle", "exercise", "practice", "codewars")),
    (ResourceType.TOOL, ("github.com", "gitlab.com", "pypi.org", "npmjs")),
)


def make_resource(title: str, url: str) -> ResourceOutline | None:
    """Return a link as a resource of the type it looks like, or None when it is no web address."""
    url = url.strip()
    if len(url) > URL or not is_web_link(url):
        return None
    looks = f"{title} {url}".lower()
    kind = next((kind for kind, words in _KINDS if any(word in looks for word in words)), ResourceType.DOCS)
    return ResourceOutline(fit_line(title) or fit_line(url), url, kind)


class RowBuilder:
    """The rows that a reader found so far, and what it left out."""

    def __init__(self) -> None:
        self.rows: list[ImportRow] = []
        self._left_out: Counter[str] = Counter()

    def add(self, level: RowLevel, title: str, **fields: Any) -> int | None:
        """Add a row and return its number; a row without a title is left out.

        A title that is too long is continued in the summary. Raises UnreadableFile above MAX_ROWS.
        """
        line = fit_line(title)
        if not line:
            self.leave_out("rows without a title")
            return None
        if line.endswith("…") and level is not RowLevel.CRITERION:
            fields["summary"] = "\n\n".join(filter(None, (title.strip(), fields.get("summary", ""))))
        if level is RowLevel.CRITERION:
            line = fit_line(title, SENTENCE)
        fields["summary"] = fit_text(fields.get("summary", ""))
        fields["criteria"] = tuple(
            filter(None, (fit_line(text, SENTENCE) for text in fields.get("criteria", ())))
        )
        fields["key"] = fit_line(fields.get("key", ""))
        fields["prerequisites"] = tuple(filter(None, map(fit_line, fields.get("prerequisites", ()))))
        if len(self.rows) >= MAX_ROWS:
            raise UnreadableFile(f"This has more than {MAX_ROWS:,} rows. Import it in parts.")
        self.rows.append(ImportRow(level, line, **fields))
        return len(self.rows) - 1

    def change(self, number: int, **fields: Any) -> None:
        """Change fields of a row that was added before."""
        self.rows[number] = replace(self.rows[number], **fields)

    def guess(self, number: int, certainty: Certainty, reason: str) -> None:
        """Say that a row is less than sure, and why."""
        self.change(number, certainty=certainty, reason=reason)

    def leave_out(self, what: str, count: int = 1) -> None:
        """Count something that is not read; `what` is in the plural, with the reason."""
        if count:
            self._left_out[what] += count

    @property
    def left_out(self) -> tuple[str, ...]:
        """What was left out, each with its number."""
        return tuple(f"{count:,} {what}" for what, count in self._left_out.items())
