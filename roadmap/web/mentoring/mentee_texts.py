"""What mentors read about a mentee, in words: why they need attention, and what changed."""

from collections.abc import Callable

from roadmap.domain.learning.change_summaries import ChangeSummary
from roadmap.domain.learning.targets import Outlook
from roadmap.domain.mentoring.attention import AttentionReason, Concern
from roadmap.exports.formatting import percent_change, plural, write_day
from roadmap.queries.mentoring.mentees import MenteeRow

REASON_WORDS = {
    AttentionReason.WAITING: "Waiting",
    AttentionReason.RETURNED: "Returned",
    AttentionReason.QUIET: "Quiet",
    AttentionReason.LATE: "Late",
}
"""What the filters are called; each row says more."""


def describe_concern(concern: Concern, row: MenteeRow) -> str:
    """One sentence without a full stop: `Nothing recorded for 34 days`."""
    return _WORDS[concern.reason](row, plural(concern.lasted.days, "day"))


def _waiting(row: MenteeRow, lasted: str) -> str:
    if row.waiting > 1:
        return f"{row.waiting} waiting for your answer, the oldest for {lasted}"
    return f"Has waited {lasted} for your answer"


def _returned(row: MenteeRow, lasted: str) -> str:
    if row.returned > 1:
        return f"{row.returned} returned and not resubmitted, the first {lasted} ago"
    return f"Returned {lasted} ago and not resubmitted"


def _late(row: MenteeRow, _: str) -> str:
    outlook = row.outlook
    if outlook.target_on is not None and outlook.needed is None:
        return f"Late: the target was {write_day(outlook.target_on, year_now=0)}"
    if outlook.is_out_of_reach:
        low, high = (round(hours) for hours in outlook.remaining)
        return f"Late: {_range(low, high)} h left, {plural(outlook.days_left or 0, 'day')} until the target"
    return f"Late: needs {_needed(outlook)} h a week, {_done(outlook)}"


def _needed(outlook: Outlook) -> str:
    return _range(float(outlook.needed.low), float(outlook.needed.high)) if outlook.needed else "0"


def _done(outlook: Outlook) -> str:
    """The pace of the last weeks, or the hours that the learner set while there are too few weeks."""
    if outlook.pace is None:
        return "averages 0"
    return f"{'averages' if outlook.pace.weeks else 'plans'} {round(float(outlook.pace.hours), 1):g}"


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


_WORDS: dict[AttentionReason, Callable[[MenteeRow, str], str]] = {
    AttentionReason.WAITING: _waiting,
    AttentionReason.RETURNED: _returned,
    AttentionReason.QUIET: lambda _, lasted: f"Nothing recorded for {lasted}",
    AttentionReason.LATE: _late,
}


def describe_summary(summary: ChangeSummary) -> str:
    """The parts that are not zero: `+14%, 5 done, 2 returned`."""
    counts = {
        "done": summary.done,
        "no longer done": summary.reopened,
        "submitted": summary.submitted,
        "returned": summary.returned,
        "verified": summary.verified,
    }
    parts = [percent_change(summary.claimed)] if summary.claimed else []
    parts += [f"{count} {word}" for word, count in counts.items() if count]
    return ", ".join(parts) or "nothing done, submitted or reviewed"
