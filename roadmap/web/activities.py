"""The activity of an enrollment as charts, and how templates write what charts are made of."""

from flask import Blueprint, render_template

from roadmap import clock
from roadmap.domain.chart_axes import Tick, TickUnit
from roadmap.queries.activities import find_activity_page
from roadmap.web.requests import current_person, database
from roadmap.web.texts import MONTHS

blueprint = Blueprint("activities", __name__)


@blueprint.get("/enrollments/<public_id>/activity")
def show(public_id: str) -> str:
    """Progress over time, hours per week, and a year of days."""
    with database().reading() as session:
        page = find_activity_page(session, public_id, seen_by=current_person(), at=clock.now())
    return render_template(
        "activity/show.html", page=page, current_enrollment=page.enrollment, here="roadmap"
    )


@blueprint.app_template_filter("tick")
def tick(value: Tick) -> str:
    """The label of a tick, short: `9 Mar`, `Mar`, `2026`."""
    month = MONTHS[value.day.month - 1][:3]
    labels = {TickUnit.DAY: f"{value.day.day} {month}", TickUnit.MONTH: month}
    return labels.get(value.unit, str(value.day.year))
