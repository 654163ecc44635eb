"""The panel that a script opens beside the map: one milestone without the rest of its page."""

from flask import Blueprint, render_template

from roadmap import clock
from roadmap.queries.pages.milestone_panel import find_milestone_panel
from roadmap.web.requests import current_person, database

blueprint = Blueprint("milestone_panels", __name__)


@blueprint.get("/enrollments/<public_id>/milestones/<key>/panel")
def show(public_id: str, key: str) -> str:
    """What the milestone asks and where it stands, with its marks for its learner."""
    with database().reading() as session:
        page = find_milestone_panel(session, public_id, key, seen_by=current_person(), at=clock.now())
    return render_template(
        "maps/_panel.html",
        page=page,
        m=page.milestone,
        skill=page.skill,
        outline=page.enrollment.stored.outline,
    )
