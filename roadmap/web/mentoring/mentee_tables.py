"""The table of mentees: how it is asked for, what it says in words, and the same as CSV."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request

from roadmap import clock
from roadmap.domain.learning.change_summaries import ChangeSummary
from roadmap.domain.learning.targets import Outlook
from roadmap.domain.mentoring.attention import AttentionReason, Concern
from roadmap.exports.formatting import percent_change, plural, write_day
from roadmap.exports.table_csv import Cell, write_table
from roadmap.queries.mentoring.mentee_tables import MenteeOrder, MenteesQuery, find_mentee_table
from roadmap.queries.mentoring.mentees import LeftOut, MenteeRow
from roadmap.web.requests import current_person, database

blueprint = Blueprint("mentee_tables", __name__)
HEADER = (
    *("mentee", "roadmap", "state", "needs_attention", "claimed", "claimed_change_30_days", "verified"),
    *("waiting", "waiting_since", "returned", "returned_at", "last_activity_at", "last_contact_at"),
    *("target_on", "track"),
)
_DIRECTIONS = {"ascending": False, "descending": True}


@blueprint.get("/mentoring/mentees.csv")
def download() -> Response:
    """The rows that the page shows for the same filter, in the same order, with times in UTC."""
    with database().reading() as session:
        table = find_mentee_table(session, asked_mentees(), seen_by=current_person(), at=clock.now())
    response = Response(write_table(HEADER, map(_cells, table.rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="mentees.csv"'
    return response


def asked_mentees() -> MenteesQuery:
    """The filter and the order of this request; what is not known is ignored."""
    order, reason = request.args.get("order", ""), request.args.get("reason", "")
    return MenteesQuery(
        order=MenteeOrder(order) if order in list(MenteeOrder) else MenteeOrder.NEED,
        is_descending=_DIRECTIONS.get(request.args.get("direction", "")),
        words=request.args.get("q", "").strip()[:100],
        reason=AttentionReason(reason) if reason in list(AttentionReason) else None,
        also=frozenset(LeftOut(value) for value in request.args.getlist("also") if value in list(LeftOut)),
    )


def mentees_args(asked: MenteesQuery) -> dict[str, Any]:
    """What asks for the same in an address, without what is so by itself."""
    direction = None
    if asked.is_descending is not None:
        direction = "descending" if asked.is_descending else "ascending"
    given = {
        "order": asked.order.value if asked.order is not MenteeOrder.NEED else None,
        "direction": direction,
        "q": asked.words,
        "reason": asked.reason.value if asked.reason else None,
        "also": sorted(value.value for value in asked.also),
    }
    return {name: value for name, value in given.items() if value}


def _cells(row: MenteeRow) -> Sequence[Cell]:
    return (
        *(row.name, row.roadmap, row.left_out.value if row.left_out else row.state),
        "; ".join(describe_concern(concern, row) for concern in row.concerns),
        *(row.numbers.claimed.percent, row.change, row.numbers.verified.percent),
        *(row.waiting, _moment(row.waiting_since), row.returned, _moment(row.returned_at)),
        *(_moment(row.last_activity), _moment(row.contact_at)),
        *(row.target_on, row.track.value if row.track else None),
    )


def _moment(at: datetime | None) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None


REASON_WORDS = {
    AttentionReason.WAITING: "Waiting",
    AttentionReason.RETURNED: "Returned",
    AttentionReason.QUIET: "Quiet",
    AttentionReason.LATE: "Late",
}
"""What the filters are called; each row says more."""


@blueprint.app_template_filter("concern_text")
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


@blueprint.app_template_filter("summarized")
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
