"""The hint above a new list: a form, which works without scripts, closes it in this browser."""

from datetime import timedelta

from flask import Blueprint, Response, request, url_for

from roadmap import clock
from roadmap.queries.learning.enrollments import find_own_enrollment
from roadmap.web.requests import config, current_person, database, redirect_after_post, wants_fragment
from roadmap.web.security_headers import cookie_name, set_cookie

COOKIE = "roadmap_hint"
COOKIE_LIFETIME = timedelta(days=365)
# It stands where the hint was, so that the keyboard goes on from there.
_CLOSED = '<div id="hint" tabindex="-1"></div><p data-announce>Hint closed.</p>'
blueprint = Blueprint("hints", __name__)


def is_hint_closed(public_id: str) -> bool:
    """Whether the hint of this list was closed; one list at a time is new, so one is remembered."""
    return request.cookies.get(cookie_name(COOKIE, config())) == public_id


@blueprint.post("/enrollments/<public_id>/hint")
def update(public_id: str) -> Response:
    """Close the hint; nothing of the roadmap changes by it."""
    with database().reading() as session:
        find_own_enrollment(session, public_id, seen_by=current_person(), at=clock.now())
    the_list = url_for("enrollments.show", public_id=public_id)
    response = Response(_CLOSED) if wants_fragment() else redirect_after_post(the_list)
    set_cookie(response, cookie_name(COOKIE, config()), public_id, lifetime=COOKIE_LIFETIME)
    return response
