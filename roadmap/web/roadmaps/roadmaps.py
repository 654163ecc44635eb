"""The start page, the catalogue, public pages and files of a roadmap, search and help."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.searches import MAX_LETTERS
from roadmap.domain.reports.file_names import attachment
from roadmap.exports.outline_formats import OUTLINE_FORMATS
from roadmap.operations.text_rules import describe_excess
from roadmap.queries.learning.enrollments import done_milestones
from roadmap.queries.learning.maps import untouched_map
from roadmap.queries.pages.search import find_search_page
from roadmap.queries.roadmaps.drafts import drafts_of
from roadmap.queries.roadmaps.roadmaps import RoadmapView, catalog_for, find_roadmap
from roadmap.web.accounts.registrations import offers_sign_up
from roadmap.web.requests import config, database, person_or_none
from roadmap.web.roadmaps.maps import public_links, render_map

home = Blueprint("home", __name__)
roadmaps = Blueprint("roadmaps", __name__)
milestones = Blueprint("roadmap_milestones", __name__)
searches = Blueprint("searches", __name__)


@home.get("/", endpoint="index")
def show_start() -> ResponseReturnValue:
    """What this is, with the roadmaps one can start; whoever is signed in goes to Today."""
    if person_or_none() is not None:
        return redirect(url_for("today.show"))
    with database().reading() as session:
        catalog = catalog_for(session, None)
    return render_template("roadmaps/home.html", catalog=catalog, offers_sign_up=offers_sign_up())


@home.get("/help", endpoint="show")
def show_help() -> str:
    """How the numbers are computed, the keys, and what is shared with whom."""
    return render_template("help/index.html")


@roadmaps.get("/roadmaps")
def index() -> str:
    """Every roadmap that can be started; `q` and `language` choose among them."""
    words, language = request.args.get("q", "").strip()[:100], request.args.get("language", "")
    with database().reading() as session:
        catalog = catalog_for(session, person_or_none())
        drafts = drafts_of(session, person_or_none())
    return render_template(
        "roadmaps/index.html",
        catalog=[entry for entry in catalog if entry.matches(words, language)],
        total=len(catalog),
        languages=sorted({entry.language for entry in catalog if entry.language}),
        language=language,
        words=words,
        drafts=drafts,
    )


@roadmaps.get("/roadmaps/<slug>")
def show(slug: str) -> str:
    """One roadmap with its list and pathways, or its map."""
    with database().reading() as session:
        view = find_roadmap(session, slug, seen_by=person_or_none())
    if request.args.get("view") == "map":
        return _show_map(view)
    return render_template(
        "roadmaps/show.html", view=view, base_url=config().base_url, installation=config().installation
    )


def _show_map(view: RoadmapView) -> str:
    map_view = untouched_map(view.stored)
    return render_template(
        "roadmaps/map.html",
        view=view,
        layout=map_view.layout,
        map_html=render_map(map_view, public_links(view.entry.slug)),
    )


@searches.get("/search", endpoint="show")
def search() -> str:
    """What has all words of `q`; visitors search the public roadmaps."""
    query = request.args.get("q", "").strip()
    problem = describe_excess(query, MAX_LETTERS, subject="Your search")
    with database().reading() as session:
        page = find_search_page(session, "" if problem else query, seen_by=person_or_none(), at=clock.now())
    return render_template("roadmaps/search.html", page=page, query=query, too_long=problem)


@roadmaps.get("/roadmaps/<slug>/roadmap.<extension>")
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


@milestones.get("/roadmaps/<slug>/milestones/<key>", endpoint="show")
def show_milestone(slug: str, key: str) -> str:
    """What the milestone asks, to read."""
    return _render_milestone("roadmaps/milestone.html", slug, key)


@milestones.get("/roadmaps/<slug>/milestones/<key>/panel", endpoint="panel")
def show_panel(slug: str, key: str) -> str:
    """The same without the rest of its page, for a script."""
    return _render_milestone("maps/_panel.html", slug, key)


def _render_milestone(template: str, slug: str, key: str) -> str:
    with database().reading() as session:
        view = find_roadmap(session, slug, seen_by=person_or_none())
    outline = view.outline
    milestone = outline.milestones.get(key)
    if milestone is None:
        raise NotFound("This milestone isn’t in this roadmap.")
    return render_template(
        template,
        page=None,
        view=view,
        entry=view.entry,
        m=milestone,
        skill=outline.skill_of[key],
        outline=outline,
    )
