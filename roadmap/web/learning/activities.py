"""The activity of an enrollment as charts."""

from flask import Blueprint, render_template

from roadmap import clock
from roadmap.queries.pages.activity import find_activity_page
from roadmap.web.requests import current_person, database

blueprint = Blueprint("activities", __name__)


@blueprint.get("/enrollments/<public_id>/activity")
def show(public_id: str) -> str:
    """Progress over time, hours per week, and a year of days."""
    with database().reading() as session:
        page = find_activity_page(session, public_id, seen_by=current_person(), at=clock.now())
    return render_template(
        "learning/activity.html", page=page, current_enrollment=page.enrollment, here="roadmap"
    )
