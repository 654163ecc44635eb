"""Administration: the share links, badges and calendars of all people, to be revoked."""

from flask import Blueprint, render_template, request

from roadmap import clock
from roadmap.queries.reports.secret_links import find_links_page
from roadmap.web.forms import typed_number
from roadmap.web.requests import database

blueprint = Blueprint("secret_links", __name__, url_prefix="/admin")


@blueprint.get("/shares")
def index() -> str:
    """Whose they are and how often they were opened, never what they show; `page` counts from 1."""
    page = typed_number(request.args.get("page", "")) or 1
    with database().reading() as session:
        found = find_links_page(session, page=page, at=clock.now())
    return render_template("admin/shares.html", page=found, here="admin")
