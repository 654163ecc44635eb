"""The topics of an edition, which the filter of the list fetches when somebody searches in it."""

from flask import Blueprint, Response, jsonify, request

from roadmap import clock
from roadmap.domain.errors import NotFound
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.web.requests import current_person, database

# An edition never changes. With another cookie the cached answer is not used.
FOREVER = "private, max-age=31536000, immutable"
blueprint = Blueprint("topics", __name__)


@blueprint.get("/enrollments/<public_id>/topics/<int:number>.json")
def show(public_id: str, number: int) -> Response:
    """The topics of each milestone that has any, by key; only of the edition of this enrollment."""
    with database().reading() as session:
        stored = find_enrollment(session, public_id, seen_by=current_person(), at=clock.now()).stored
    if number != stored.number:
        raise NotFound("This roadmap is on another edition.")
    topics = {
        key: milestone.topics for key, milestone in stored.outline.milestones.items() if milestone.topics
    }
    response = jsonify(topics)
    response.headers["Cache-Control"] = FOREVER
    response.vary.add("Cookie")
    response.add_etag()
    response.make_conditional(request)
    return response
