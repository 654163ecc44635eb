"""A progress report as Markdown, for a README or a ticket, and typed text escaped for it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from roadmap.domain.learning.progress import Status
from roadmap.domain.reports.numbers import ReportNumbers
from roadmap.domain.reports.reports import ChangeSince, ProgressReport
from roadmap.domain.reports.rows import ReportEvidence, ReportMilestone
from roadmap.exports.formatting import percent, percent_of, plural

_SIGNS = re.compile(r"[\\`*_{}\[\]<>|~&$]")
_STARTS = re.compile(r"^(?:[#+\-=:]|\d+(?=[.)]))")
# GitHub makes mentions, references and emoji of these, and takes no backslash before `@`.
_CALLS = re.compile(r"(?<![^\W_])@(?=\w)|#(?=\d)|:(?=[\w+-]+:)|(?<=\bGH-)(?=\d)", re.IGNORECASE)
WORD_JOINER = "\u2060"
_IN_ADDRESS = re.compile(r"[\s<>|\\\x00-\x1f]")


def write_markdown(report: ProgressReport) -> bytes:
    """Return headings, tables and lists in GitHub's dialect, UTF-8."""
    blocks = [
        *_head(report),
        *_areas(report),
        *_topics(report),
        *_change(report.change),
        *_milestones(report),
    ]
    return ("\n\n".join([*blocks, *_details(report)]) + "\n").encode()


def _head(report: ProgressReport) -> Iterator[str]:
    claimed, verified = _percents(report)
    pathways = "".join(f", {escape_markdown(title)}" for title in report.pathways)
    extra = f", +{report.extra} extra" if report.extra else ""
    yield f"# {escape_markdown(report.roadmap.title)}: progress of {escape_markdown(report.person)}"
    yield f"As of {report.as_of.isoformat()}, edition {report.roadmap.edition}{pathways}."
    yield f"**Claimed {claimed}** · **Verified {verified}** ({report.made_of}{extra})"
    if report.verified_by:
        yield escape_markdown(report.verified_by)
    yield escape_markdown(report.computation)


def _percents(numbers: ReportNumbers) -> tuple[str, str]:
    return escape_markdown(percent_of(numbers.claimed)), escape_markdown(percent_of(numbers.verified))


def _areas(report: ProgressReport) -> Iterator[str]:
    yield "## Areas"
    rows = [
        (escape_markdown(area.title), *_percents(area), f"{done.milestones_done} of {done.milestones_total}")
        for area in report.areas
        if (done := area.claimed).milestones_total
    ]
    yield _table(("Area", "Claimed", "Verified", "Done"), rows)


def _topics(report: ProgressReport) -> Iterator[str]:
    lines = [
        f"- {escape_markdown(skill)}: {escape_markdown(topics.sentence)}"
        for (_, skill), topics in report.topics.items()
        if topics.sentence
    ]
    if lines:
        yield "## Topics"
        yield "\n".join(lines)


def _change(change: ChangeSince | None) -> Iterator[str]:
    if change is None:
        return
    yield f"## Since {change.since.isoformat()}"
    claimed = escape_markdown(percent(change.claimed, change.claimed_exact))
    verified = escape_markdown(percent(change.verified, change.verified_exact))
    yield f"At that time: claimed {claimed}, verified {verified}."
    for word, titles in (("Done", change.done), ("Verified", change.verified_titles)):
        if titles:
            yield "\n".join([f"{word} since:", "", *(f"- {escape_markdown(title)}" for title in titles)])


def _milestones(report: ProgressReport) -> Iterator[str]:
    header = ("Milestone", "Skill", "State", "Done on", "Verified on", "By")
    yield "## Milestones"
    started = [milestone for milestone in report.milestones if milestone.status is not Status.NOT_STARTED]
    left = sum(milestone.in_plan for milestone in report.milestones if milestone not in started)
    if started:
        yield _table(header, map(_milestone, started))
    if report.only_note:
        yield report.only_note
    elif left:
        yield f"Not started yet: {plural(left, 'milestone')} in the plan."
    if report.retired:
        yield "## Completed, no longer in this edition"
        yield _table(header, map(_milestone, report.retired))


def _milestone(milestone: ReportMilestone) -> tuple[str, ...]:
    return (
        escape_markdown(milestone.title) + (" (optional)" if milestone.optional else ""),
        escape_markdown(milestone.skill),
        milestone.state + (f": {escape_markdown(milestone.reason)}" if milestone.reason else ""),
        _day_done(milestone),
        _day(milestone.verified_on),
        escape_markdown(milestone.reviewer or ""),
    )


def _day_done(milestone: ReportMilestone) -> str:
    """The day it was done, followed by the day it was recorded where they differ."""
    if milestone.recorded_on and milestone.done_on != milestone.recorded_on:
        return f"{_day(milestone.done_on) or 'before'} (recorded {milestone.recorded_on.isoformat()})"
    return _day(milestone.done_on)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _details(report: ProgressReport) -> Iterator[str]:
    """The criteria that were verified, and the evidence of all that is listed."""
    blocks = [
        "\n".join([f"- **{escape_markdown(milestone.title)}**", *details])
        for milestone in (*report.milestones, *report.retired)
        if (details := [*_criteria(milestone), *(f"  - {_written(piece)}" for piece in milestone.evidence)])
    ]
    if blocks:
        yield "## Criteria and evidence"
        yield "\n".join(blocks)


def _criteria(milestone: ReportMilestone) -> Iterator[str]:
    if milestone.verified_on:
        yield from (f"  - {escape_markdown(criterion)} ✓" for criterion in milestone.criteria)


def _written(piece: ReportEvidence) -> str:
    title = link_markdown(piece.title, piece.url) if piece.url else escape_markdown(piece.title)
    # A line with a dash alone would make a heading of the line above.
    return ": ".join(filter(None, (title, escape_markdown(piece.text or "")))) or "–"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escape_markdown(text: str) -> str:
    """One line of Markdown that shows the text; runs of white space become one space."""
    line = _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    return _STARTS.sub(_escape_start, _CALLS.sub(rf"\g<0>{WORD_JOINER}", line))


def link_markdown(title: str, url: str) -> str:
    """A link, or the bare texts where the address is not one that a page may lead to."""
    if urlsplit(url).scheme.lower() not in {"http", "https", "mailto"}:
        return f"{escape_markdown(title)}: {escape_markdown(url)}"
    address = _IN_ADDRESS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url)
    return f"[{escape_markdown(title) or escape_markdown(url)}](<{address}>)"


def _escape_start(match: re.Match[str]) -> str:
    # A number is escaped at the sign after it, which the expression only looked at.
    return f"{match[0]}\\" if match[0][0].isdigit() else f"\\{match[0]}"
