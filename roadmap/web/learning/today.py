"""Today: what is next."""

from flask import Blueprint, render_template

from roadmap import clock
from roadmap.queries.pages.today import find_today_page
from roadmap.web.requests import current_person, database

blueprint = Blueprint("today", __name__)


@blueprint.get("/today")
def show() -> str:
    """What is next on each roadmap, what to revisit, and this week's hours."""
    with database().reading() as session:
        page = find_today_page(session, seen_by=current_person(), at=clock.now())
    current = next(iter([*(card.enrollment for card in page.cards), *page.paused]), None)
    return render_template("learning/today/index.html", page=page, current_enrollment=current, here="today")
