"""A roadmap as a file to take along, with or without what one has done."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from roadmap.domain.reports.file_names import attachment
from roadmap.exports.outlines.outline_formats import OUTLINE_FORMATS
from roadmap.queries.learning.done_milestones import done_milestones
from roadmap.queries.roadmaps.roadmaps import find_roadmap
from roadmap.web.requests import database, person_or_none

blueprint = Blueprint("outline_files", __name__)


@blueprint.get("/roadmaps/<slug>/roadmap.<extension>")
def download(slug: str, extension: str) -> ResponseReturnValue:
    """The newest edition; with `ticks=1` lists and tables have the person's own marks."""
    form = OUTLINE_FORMATS.get(extension)
    if form is None:
        abort(404)
    with database().reading() as session:
        view = find_roadmap(session, slug, seen_by=person_or_none())
        own = view.entry.enrollment if request.args.get("ticks") else None
        done = done_milestones(session, own, view.stored) if own else frozenset()
    response = Response(form.write(view.outline, done), content_type=f"{form.media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = attachment(f"{slug}.{extension}")
    return response
