"""The table of mentees: how it is asked for, and the same as CSV."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request

from roadmap import clock
from roadmap.domain.mentoring.attention import AttentionReason
from roadmap.exports.table_csv import Cell, write_table
from roadmap.queries.mentoring.mentee_tables import MenteeOrder, MenteesQuery, find_mentee_table
from roadmap.queries.mentoring.mentees import LeftOut, MenteeRow
from roadmap.web.mentoring.mentee_texts import describe_concern
from roadmap.web.requests import current_person, database

blueprint = Blueprint("mentee_tables", __name__)
blueprint.add_app_template_filter(describe_concern, "concern_text")
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
