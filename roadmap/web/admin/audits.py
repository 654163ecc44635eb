"""The audit log, filtered by person, kind and day, and the same as CSV."""

from datetime import UTC

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from roadmap.exports.table_csv import write_table
from roadmap.queries.accounts.audits import AuditFilter, audits_for, find_audits_page
from roadmap.web.admin.forms import AuditForm
from roadmap.web.rendering.template_filters import viewer_zone
from roadmap.web.requests import database

blueprint = Blueprint("audits", __name__, url_prefix="/admin")
HEADER = ("at", "kind", "actor", "subject", "address")


@blueprint.get("/audits")
def index() -> ResponseReturnValue:
    """Who did what, the newest first; `before` continues a page."""
    form, only = AuditForm(), AuditFilter()
    with form.shows_refusals():
        form.check()
        only = form.filter(viewer_zone())
    with database().reading() as session:
        page = find_audits_page(session, only, before=form.place)
    template = render_template("admin/audits.html", page=page, form=form, asked=form.typed, here="admin")
    return template, form.status_code if form.was_refused else 200


@blueprint.get("/audits.csv")
def download() -> Response:
    """The entries of the same filter as CSV, with times in UTC."""
    form = AuditForm()
    form.check()
    with database().reading() as session:
        rows = audits_for(session, form.filter(viewer_zone()))
    cells = (
        (f"{row.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", row.kind.value, row.actor, row.subject, row.address)
        for row in rows
    )
    response = Response(write_table(HEADER, cells), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return response
