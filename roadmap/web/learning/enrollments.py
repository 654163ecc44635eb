"""Start a roadmap, and see it as a list."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.learning.enrollments import start_enrollment
from roadmap.queries.learning.maps import find_map_page
from roadmap.queries.learning.roadmap_pages import ListFilter, find_roadmap_page
from roadmap.queries.roadmaps.roadmaps import RoadmapView, find_roadmap
from roadmap.web.learning.forms import StartForm
from roadmap.web.learning.fragments import render_list
from roadmap.web.learning.hints import is_hint_closed
from roadmap.web.redirects import flash_change
from roadmap.web.requests import current_person, database, redirect_after_post, wants_fragment
from roadmap.web.roadmaps.maps import OWN, render_map

blueprint = Blueprint("enrollments", __name__)


@blueprint.get("/roadmaps/<slug>/enrollment")
def new(slug: str) -> ResponseReturnValue:
    """The form that starts a roadmap; whoever follows it already goes there."""
    view = _find_roadmap(slug)
    if view.entry.enrollment is not None:
        return redirect(url_for("enrollments.show", public_id=view.entry.enrollment))
    return _start_page(view, StartForm(pathways=request.args.getlist("pathways")))


@blueprint.post("/roadmaps/<slug>/enrollment")
def create(slug: str) -> ResponseReturnValue:
    """Start it with the chosen pathways; with `preview` only say how much that would be."""
    form = StartForm()
    if "preview" in request.form:
        return _start_page(_find_roadmap(slug), form)
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            started = start_enrollment(session, slug, form.settings(), by=current_person(), at=clock.now())
            session.commit()
        flash_change("You are enrolled.")
        return redirect_after_post(url_for("enrollments.show", public_id=started.public_id))
    return _start_page(_find_roadmap(slug), form), 422


def _find_roadmap(slug: str) -> RoadmapView:
    with database().reading() as session:
        return find_roadmap(session, slug, seen_by=current_person())


def _start_page(view: RoadmapView, form: StartForm) -> str:
    size = view.size_with(form.pathways.data or ())
    template = (
        "learning/enrollments/_start_preview.html" if wants_fragment() else "learning/enrollments/new.html"
    )
    return render_template(template, view=view, form=form, size=size, here="roadmaps")


@blueprint.get("/enrollments/<public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """The learner's roadmap: both numbers, forecast, and the list with its filters, or the map."""
    if request.args.get("view") == "map":
        return show_map(public_id, is_whole=request.args.get("skills") == "all")
    wanted = request.args.get("filter", "all")
    only = ListFilter(wanted) if wanted in list(ListFilter) else ListFilter.ALL
    words = request.args.get("q", "").strip()[:100]
    with database().reading() as session:
        page = find_roadmap_page(
            session, public_id, seen_by=current_person(), at=clock.now(), only=only, words=words
        )

    return render_template(
        "learning/enrollments/show.html",
        page=page,
        shows_hint=page.first is not None and not is_hint_closed(public_id),
        list_html=render_list(page),
        current_enrollment=page.enrollment,
        here="roadmap",
    )


def show_map(public_id: str, *, is_whole: bool) -> ResponseReturnValue:
    """The same as a map; `is_whole` with the skills outside the plan."""
    with database().reading() as session:
        page = find_map_page(session, public_id, seen_by=current_person(), at=clock.now(), is_whole=is_whole)
    return render_template(
        "maps/show.html",
        page=page,
        layout=page.map.layout,
        map_html=render_map(page.map, OWN, public_id),
        current_enrollment=page.enrollment,
        here="roadmap",
    )
