"""One milestone of a roadmap as everybody may see it: its page, and the panel beside the map."""

from flask import Blueprint, render_template

from roadmap.domain.errors import NotFound
from roadmap.queries.roadmaps.roadmaps import find_roadmap
from roadmap.web.requests import database, person_or_none

blueprint = Blueprint("roadmap_milestones", __name__)


@blueprint.get("/roadmaps/<slug>/milestones/<key>")
def show(slug: str, key: str) -> str:
    """What the milestone asks, to read."""
    return _rendered("roadmaps/milestone.html", slug, key)


@blueprint.get("/roadmaps/<slug>/milestones/<key>/panel")
def panel(slug: str, key: str) -> str:
    """The same without the rest of its page, for a script."""
    return _rendered("maps/_panel.html", slug, key)


def _rendered(template: str, slug: str, key: str) -> str:
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
