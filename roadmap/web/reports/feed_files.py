"""Badges and calendars as other programs fetch them: small, cached, without an account."""

from flask import Blueprint, Response, request

from roadmap import clock
from roadmap.exports.badges import draw_badge
from roadmap.exports.report_formats import CALENDAR
from roadmap.queries.reports.feeds import find_badge, find_calendar
from roadmap.web.requests import database
from roadmap.web.security_headers import add_noindex

A_FEW_MINUTES = "public, max-age=300"
ASK_EACH_TIME = "private, no-cache"
blueprint = Blueprint("feed_files", __name__)
blueprint.after_request(add_noindex)


@blueprint.get("/badge/<token>.svg")
def badge(token: str) -> Response:
    """Both numbers as a small picture."""
    with database().reading() as session:
        title, numbers = find_badge(session, token, at=clock.now())
    response = Response(draw_badge(title, numbers), mimetype="image/svg+xml")
    # Other sites show it: that is what it is for.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _unless_known(response, A_FEW_MINUTES)


@blueprint.get("/calendar/<token>.ics")
def calendar(token: str) -> Response:
    """What lies ahead, to subscribe to."""
    with database().reading() as session:
        found = find_calendar(session, token, at=clock.now())
    response = Response(CALENDAR.make(found), content_type=CALENDAR.mimetype)
    response.headers["Content-Disposition"] = f'inline; filename="{found.slug}.ics"'
    return _unless_known(response, ASK_EACH_TIME)


def _unless_known(response: Response, cache_rule: str) -> Response:
    """304 for whoever has these bytes already; packed and plain count as the same."""
    response.headers["Cache-Control"] = cache_rule
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response
