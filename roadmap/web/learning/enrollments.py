"""Start a roadmap, and look at it as a list or a map, with the topics that the search of the list fetches."""

from datetime import timedelta

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import NotFound
from roadmap.domain.local_dates import day_in
from roadmap.operations.learning.enrollments import start_enrollment
from roadmap.operations.learning.progress import mark_ticked
from roadmap.queries.learning.enrollments import find_enrollment, find_own_enrollment
from roadmap.queries.learning.maps import find_map_page
from roadmap.queries.learning.roadmap_pages import ListFilter, find_roadmap_page
from roadmap.queries.learning.snapshots import outlook_with
from roadmap.queries.roadmaps.pathways import size_of
from roadmap.queries.roadmaps.roadmaps import RoadmapView, find_roadmap
from roadmap.web.learning.forms import StartForm
from roadmap.web.learning.fragments import render_list
from roadmap.web.redirects import redirect_to
from roadmap.web.requests import config, current_person, database, redirect_after_post, wants_fragment
from roadmap.web.roadmaps.maps import OWN, render_map
from roadmap.web.security_headers import cookie_name, set_cookie

STARTED = "You’ve started this roadmap."
STARTED_KNOWING = "You’ve started this roadmap, and what you had checked off is marked as already known."
enrollments = Blueprint("enrollments", __name__)
hints = Blueprint("hints", __name__)
topics = Blueprint("topics", __name__)


@enrollments.get("/roadmaps/<slug>/enrollment")
def new(slug: str) -> ResponseReturnValue:
    """The form that starts a roadmap; whoever follows it already goes there."""
    view = _find_roadmap(slug)
    if view.entry.enrollment is not None:
        return redirect(url_for("enrollments.show", public_id=view.entry.enrollment))
    return _start_page(view, StartForm(pathways=request.args.getlist("pathways")))


@enrollments.post("/roadmaps/<slug>/enrollment")
def create(slug: str) -> ResponseReturnValue:
    """Start it with the chosen pathways; with `preview` only say how much that would be."""
    form = StartForm()
    if form.preview.data:
        return _start_page(_find_roadmap(slug), form)
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            started = start_enrollment(session, slug, form.settings(), by=current_person(), at=clock.now())
            known = mark_ticked(session, started, by=current_person(), at=clock.now())
            session.commit()
        message = STARTED_KNOWING if known else STARTED
        return redirect_to("enrollments.show", message, change=known, public_id=started.public_id)
    return _start_page(_find_roadmap(slug), form), form.status_code


def _find_roadmap(slug: str) -> RoadmapView:
    with database().reading() as session:
        return find_roadmap(session, slug, seen_by=current_person())


def _start_page(view: RoadmapView, form: StartForm) -> str:
    chosen = form.settings()
    plan = view.plan_with(chosen.pathways)
    today = day_in(current_person().time_zone, clock.now())
    outlook = outlook_with(plan, {}, chosen, today=today)
    template = (
        "learning/enrollments/_start_fragment.html" if wants_fragment() else "learning/enrollments/new.html"
    )
    return render_template(template, view=view, form=form, size=size_of(plan), outlook=outlook)


@enrollments.get("/enrollments/<public_id>")
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
    )


def show_map(public_id: str, *, is_whole: bool) -> ResponseReturnValue:
    """The same as a map; `is_whole` with the skills outside the plan."""
    with database().reading() as session:
        page = find_map_page(session, public_id, seen_by=current_person(), at=clock.now(), is_whole=is_whole)
    return render_template(
        "maps/show.html", page=page, layout=page.map.layout, map_html=render_map(page.map, OWN, public_id)
    )


HINT_COOKIE = "roadmap_hint"
HINT_LIFETIME = timedelta(days=365)
# It stands where the hint was, so that the keyboard goes on from there.
_HINT_CLOSED = '<div id="hint" tabindex="-1"></div><p data-announce>Hint closed.</p>'


def is_hint_closed(public_id: str) -> bool:
    """Whether the hint of this list was closed; one list at a time is new, so one is remembered."""
    return request.cookies.get(cookie_name(HINT_COOKIE, config())) == public_id


@hints.post("/enrollments/<public_id>/hint", endpoint="update")
def close_hint(public_id: str) -> Response:
    """Close the hint; nothing of the roadmap changes by it."""
    with database().reading() as session:
        find_own_enrollment(session, public_id, seen_by=current_person(), at=clock.now())
    the_list = url_for("enrollments.show", public_id=public_id)
    response = Response(_HINT_CLOSED) if wants_fragment() else redirect_after_post(the_list)
    set_cookie(response, cookie_name(HINT_COOKIE, config()), public_id, lifetime=HINT_LIFETIME)
    return response


@topics.get("/enrollments/<public_id>/topics/<int:number>.json", endpoint="show")
def list_topics(public_id: str, number: int) -> Response:
    """The topics of each milestone that has any, by key; only of the edition of this enrollment."""
    with database().reading() as session:
        stored = find_enrollment(session, public_id, seen_by=current_person(), at=clock.now()).stored
    if number != stored.number:
        raise NotFound("This roadmap is on another edition.")
    by_key = {
        key: milestone.topics for key, milestone in stored.outline.milestones.items() if milestone.topics
    }
    response = jsonify(by_key)
    # An edition never changes. With another cookie the cached answer is not used.
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.vary.add("Cookie")
    response.add_etag()
    response.make_conditional(request)
    return response
