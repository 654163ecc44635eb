"""Administration: the audit log."""

from flask import Blueprint, render_template, request

from roadmap.queries.accounts.audits import find_audits_page
from roadmap.web.forms import typed_number
from roadmap.web.requests import database

blueprint = Blueprint("audits", __name__, url_prefix="/admin")


@blueprint.get("/audits")
def index() -> str:
    """Who did what, the newest first; `before` continues a page."""
    before = typed_number(request.args.get("before", ""))
    with database().reading() as session:
        page = find_audits_page(session, before=before)
    return render_template("admin/audits.html", page=page, here="admin")
