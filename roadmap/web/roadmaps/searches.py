"""Search across roadmaps, milestones and one's own notes."""

from flask import Blueprint, render_template, request

from roadmap import clock
from roadmap.domain.learning.searches import MAX_LETTERS
from roadmap.queries.pages.search import find_search_page
from roadmap.web.requests import database, person_or_none

blueprint = Blueprint("searches", __name__)


@blueprint.get("/search")
def show() -> str:
    """What has all words of `q`; visitors search the public roadmaps."""
    query = request.args.get("q", "").strip()[:MAX_LETTERS]
    with database().reading() as session:
        page = find_search_page(session, query, seen_by=person_or_none(), at=clock.now())
    return render_template("roadmaps/search.html", page=page, here="search")
