"""The page of one milestone."""

from flask import Blueprint, render_template

from roadmap import clock
from roadmap.domain.errors import Forbidden, ForbiddenReason
from roadmap.domain.learning.enrollments import ONLY_ITS_LEARNER
from roadmap.queries.pages.milestone import find_milestone_page
from roadmap.web.requests import current_person, database

blueprint = Blueprint("milestones", __name__)


@blueprint.get("/enrollments/<public_id>/milestones/<key>")
def show(public_id: str, key: str) -> str:
    """What the milestone asks, where it stands, and all that belongs to it."""
    return render_milestone(public_id, key)


def render_milestone(public_id: str, key: str, **typed: object) -> str:
    """The page; `typed` keeps a refused form's text and errors where the person left them."""
    with database().reading() as session:
        page = find_milestone_page(session, public_id, key, seen_by=current_person(), at=clock.now())
    if typed and not page.enrollment.is_own:
        # The form did not even fit, so nobody has asked yet whose it is.
        raise Forbidden(ONLY_ITS_LEARNER, ForbiddenReason.LEARNER)
    context = {"errors": {}, "typed": {}, "conflict": None, **typed}
    return render_template(
        "learning/milestones/show.html",
        page=page,
        current_enrollment=page.enrollment,
        here="roadmap",
        **context,
    )
