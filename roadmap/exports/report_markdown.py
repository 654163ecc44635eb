"""A progress report as Markdown, for a README or a ticket."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from roadmap.domain.numbers import Measure
from roadmap.domain.reports import COMPUTATION, ChangeSince, ProgressReport, ReportMilestone, percents
from roadmap.exports.markdown_texts import escape_markdown, link_markdown

STATUS_WORDS = {
    "not_started": "not started",
    "in_progress": "in progress",
    "done": "done",
    "skipped": "skipped",
}


def write_markdown(report: ProgressReport) -> bytes:
    """Headings, tables and lists of GitHub's dialect, UTF-8."""
    blocks = [*_head(report), *_areas(report), *_change(report.change), *_milestones(report)]
    return ("\n\n".join([*blocks, *_evidence(report)]) + "\n").encode()


def percent_text(percent: int | None) -> str:
    """A percent as people read it; an empty plan has none."""
    return "–" if percent is None else f"{percent} %"


def _head(report: ProgressReport) -> Iterator[str]:
    claimed, verified = map(percent_text, percents(report.numbers))
    yield f"# {escape_markdown(report.title)}: progress of {escape_markdown(report.person)}"
    yield f"As of {report.as_of.isoformat()}, edition {report.edition}{_pathways(report)}."
    yield f"**Claimed {claimed}** · **Verified {verified}** ({_make_up(report)})"
    yield escape_markdown(COMPUTATION)


def _pathways(report: ProgressReport) -> str:
    return "".join(f", {escape_markdown(title)}" for title in report.pathways)


def _make_up(report: ProgressReport) -> str:
    numbers = report.numbers
    extra = f", +{numbers.extra} extra" if numbers.extra else ""
    return f"{numbers.reviewed} reviewed, {numbers.self_checked} need no review{extra}"


def _areas(report: ProgressReport) -> Iterator[str]:
    yield "## Areas"
    rows = [
        (escape_markdown(area.title), *map(percent_text, percents(numbers)), _done_of(numbers.claimed))
        for area in report.areas
        for numbers in [area.numbers]
    ]
    yield _table(("Area", "Claimed", "Verified", "Done"), rows)


def _done_of(measure: Measure) -> str:
    return f"{measure.milestones_done} of {measure.milestones_total}"


def _change(change: ChangeSince | None) -> Iterator[str]:
    if change is None:
        return
    yield f"## Since {change.since.isoformat()}"
    yield f"Then claimed {percent_text(change.claimed)}, verified {percent_text(change.verified)}."
    for word, titles in (("Done", change.done), ("Verified", change.verified_titles)):
        if titles:
            yield "\n".join([f"{word} since:", "", *(f"- {escape_markdown(title)}" for title in titles)])


def _milestones(report: ProgressReport) -> Iterator[str]:
    header = ("Milestone", "Skill", "State", "Done on", "Verified on", "By")
    yield "## Milestones"
    yield _table(header, map(_milestone, report.milestones))
    if report.retired:
        yield "## Retired, completed before"
        yield _table(header, map(_milestone, report.retired))


def _milestone(each: ReportMilestone) -> tuple[str, ...]:
    return (
        escape_markdown(each.title) + (" (optional)" if each.optional else ""),
        escape_markdown(each.skill),
        STATUS_WORDS[each.status] + (f": {escape_markdown(each.reason)}" if each.reason else ""),
        day_done(each),
        _day(each.verified_on),
        escape_markdown(each.reviewer or ""),
    )


def day_done(each: ReportMilestone) -> str:
    """The day it happened, and beside it the day it went on record where they differ."""
    if each.recorded_on and each.done_on != each.recorded_on:
        return f"{_day(each.done_on) or 'before'} (recorded {each.recorded_on.isoformat()})"
    return _day(each.done_on)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _evidence(report: ProgressReport) -> Iterator[str]:
    lines = [
        f"- {escape_markdown(each.title)}: "
        + (link_markdown(piece.title, piece.url) if piece.url else _written(piece.title, piece.text or ""))
        for each in (*report.milestones, *report.retired)
        for piece in each.evidence
    ]
    if lines:
        yield "## Evidence"
        yield "\n".join(lines)


def _written(title: str, text: str) -> str:
    return ": ".join(filter(None, (escape_markdown(title), escape_markdown(text))))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
