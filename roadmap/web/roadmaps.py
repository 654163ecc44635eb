"""The catalogue and the public page of a roadmap."""

from flask import Blueprint, Response, render_template

from roadmap.queries.maps import untouched_map
from roadmap.queries.roadmaps import RoadmapView, catalog_for, find_roadmap
from roadmap.web.kept_pages import keep_page
from roadmap.web.maps import MAP_PLACE, PUBLIC, put_map, render_map
from roadmap.web.requests import database, person_or_none

blueprint = Blueprint("roadmaps", __name__)


@blueprint.get("/roadmaps")
def index() -> str:
    """Every roadmap that can be started."""
    with database().reading() as session:
        catalog = catalog_for(session, person_or_none())
    return render_template("roadmaps/index.html", catalog=catalog, here="roadmaps")


@blueprint.get("/roadmaps/<slug>")
def show(slug: str) -> Response:
    """One roadmap with its list, pathways and map; kept once for all visitors."""
    person = person_or_none()
    with database().reading() as session:
        view = find_roadmap(session, slug, seen_by=person)
    return keep_page(("roadmap", slug, person and person.public_id), view, lambda: _render(view))


def _render(view: RoadmapView) -> bytes:
    stated = untouched_map(view.stored)
    html = render_template(
        "roadmaps/show.html", view=view, layout=stated.layout, map_html=MAP_PLACE, here="roadmaps"
    )
    return put_map(html, render_map(stated, PUBLIC)).encode()
