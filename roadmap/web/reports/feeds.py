"""Badges and calendars: their settings, and the files that other programs fetch without an account."""

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.reports.links import Feed, LinkPurpose
from roadmap.exports.badges import draw_badge
from roadmap.exports.report_formats import CALENDAR
from roadmap.operations.reports.links import make_feed, revoke_link
from roadmap.queries.reports.feeds import feed_rows_for, find_badge, find_calendar
from roadmap.web.forms.posted import only_once
from roadmap.web.redirects import redirect_to, referring_page
from roadmap.web.requests import config, current_person, database, redirect_after_post
from roadmap.web.security_headers import add_noindex

BADGE_MESSAGE = "Badge created. Copy the code for your page."
CALENDAR_MESSAGE = "Calendar created. Add its address to your calendar app."
_PAGES = {LinkPurpose.BADGE: "feeds.badges", LinkPurpose.CALENDAR: "feeds.calendars"}
feeds = Blueprint("feeds", __name__)
feed_files = Blueprint("feed_files", __name__)


@feeds.get("/settings/badge")
def badges() -> str:
    """The badge of each roadmap, with a preview and the lines to copy."""
    return _page(LinkPurpose.BADGE)


@feeds.get("/settings/calendar")
def calendars() -> str:
    return _page(LinkPurpose.CALENDAR)


@feeds.post("/settings/badge/<public_id>")
def create_badge(public_id: str) -> ResponseReturnValue:
    return _make(public_id, LinkPurpose.BADGE, BADGE_MESSAGE)


@feeds.post("/settings/calendar/<public_id>")
def create_calendar(public_id: str) -> ResponseReturnValue:
    return _make(public_id, LinkPurpose.CALENDAR, CALENDAR_MESSAGE)


@feeds.post("/feeds/<public_id>/revoke")
def destroy(public_id: str) -> ResponseReturnValue:
    """End a badge or a calendar at once."""
    with database().writing() as session:
        feed, enrollment = revoke_link(session, Feed, public_id, by=current_person(), at=clock.now())
        session.commit()
    flash(f"{feed.purpose.capitalize()} revoked. A new one will have another address.", "message")
    is_own = enrollment.user_id == current_person().id
    return redirect_after_post(
        referring_page(url_for(_PAGES[feed.purpose] if is_own else "secret_links.index"))
    )


def _make(public_id: str, purpose: LinkPurpose, message: str) -> ResponseReturnValue:
    with database().writing() as session:
        only_once(session)
        make_feed(session, public_id, purpose, by=current_person(), at=clock.now(), key=config().secret_key)
        session.commit()
    return redirect_to(_PAGES[purpose], message, _anchor=f"{purpose}-{public_id}")


def _page(purpose: LinkPurpose) -> str:
    with database().reading() as session:
        rows = feed_rows_for(session, current_person(), purpose, at=clock.now(), key=config().secret_key)
    return render_template(f"reports/{purpose}.html", rows=rows, base_url=config().base_url)


A_FEW_MINUTES = "public, max-age=300"
ASK_EACH_TIME = "private, no-cache"
feed_files.after_request(add_noindex)


@feed_files.get("/badge/<token>.svg", endpoint="badge")
def show_badge(token: str) -> Response:
    """Both numbers as a small picture."""
    with database().reading() as session:
        title, numbers = find_badge(session, token, at=clock.now())
    response = Response(draw_badge(title, numbers), mimetype="image/svg+xml")
    # Other sites show it: that is what it is for.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _unless_known(response, A_FEW_MINUTES)


@feed_files.get("/calendar/<token>.ics", endpoint="calendar")
def show_calendar(token: str) -> Response:
    """What lies ahead, to subscribe to."""
    with database().reading() as session:
        calendar = find_calendar(session, token, at=clock.now())
    response = Response(CALENDAR.make(calendar), content_type=CALENDAR.mimetype)
    response.headers["Content-Disposition"] = f'inline; filename="{calendar.slug}.ics"'
    return _unless_known(response, ASK_EACH_TIME)


def _unless_known(response: Response, cache_rule: str) -> Response:
    """304 for whoever has these bytes already; packed and plain count as the same."""
    response.headers["Cache-Control"] = cache_rule
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response
