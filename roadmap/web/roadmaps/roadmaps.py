"""The catalogue and the public page of a roadmap."""

from flask import Blueprint, render_template

from roadmap.queries.learning.maps import untouched_map
from roadmap.queries.roadmaps.roadmaps import catalog_for, find_roadmap
from roadmap.web.requests import database, person_or_none
from roadmap.web.roadmaps.maps import PUBLIC, render_map

blueprint = Blueprint("roadmaps", __name__)


@blueprint.get("/roadmaps")
def index() -> str:
    """Every roadmap that can be started."""
    with database().reading() as session:
        catalog = catalog_for(session, person_or_none())
    return render_template("roadmaps/index.html", catalog=catalog, here="roadmaps")


@blueprint.get("/roadmaps/<slug>")
def show(slug: str) -> str:
    """One roadmap with its list, pathways and map."""
    with database().reading() as session:
        view = find_roadmap(session, slug, seen_by=person_or_none())
    stated = untouched_map(view.stored)
    return render_template(
        "roadmaps/show.html",
        view=view,
        layout=stated.layout,
        map_html=render_map(stated, PUBLIC),
        here="roadmaps",
    )
