"""The audit log, filtered by person, kind and day, and the same as CSV."""

from datetime import UTC, datetime, time, timedelta

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from roadmap.domain.accounts.audits import AuditKind
from roadmap.domain.errors import Invalid, invalid
from roadmap.domain.local_dates import EARLIEST, LATEST
from roadmap.exports.table_csv import write_table
from roadmap.queries.accounts.audits import AuditFilter, audits_for, find_audits_page
from roadmap.web.forms import typed_day, typed_number
from roadmap.web.rendering.template_filters import viewer_zone
from roadmap.web.requests import database

blueprint = Blueprint("audits", __name__, url_prefix="/admin")
HEADER = ("at", "kind", "actor", "subject", "address")


@blueprint.get("/audits")
def index() -> ResponseReturnValue:
    """Who did what, the newest first; `before` continues a page."""
    before, only = typed_number(request.args.get("before", "")), AuditFilter()
    errors: dict[str, str] = {}
    try:
        only = _asked()
    except Invalid as error:
        errors = error.errors
    with database().reading() as session:
        page = find_audits_page(session, only, before=before)
    asked = {name: request.args.get(name, "") for name in ("person", "kind", "on")}
    template = render_template(
        "admin/audits.html", page=page, kinds=list(AuditKind), asked=asked, errors=errors, here="admin"
    )
    return template, 422 if errors else 200


@blueprint.get("/audits.csv")
def download() -> Response:
    """The entries of the same filter as CSV, with times in UTC."""
    with database().reading() as session:
        rows = audits_for(session, _asked())
    cells = (
        (f"{row.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", row.kind.value, row.actor, row.subject, row.address)
        for row in rows
    )
    response = Response(write_table(HEADER, cells), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return response


def _asked() -> AuditFilter:
    kind, day = request.args.get("kind", ""), typed_day(request.args, "on")
    if day and not EARLIEST <= day <= LATEST:
        raise invalid(on="Choose a day between 1900 and 2200.")
    start = datetime.combine(day, time(), viewer_zone()) if day else None
    return AuditFilter(
        person=request.args.get("person", "").strip()[:100],
        kind=AuditKind(kind) if kind in list(AuditKind) else None,
        since=start,
        until=datetime.combine(day + timedelta(days=1), time(), viewer_zone()) if day else None,
    )
