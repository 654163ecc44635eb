"""Settings: the badge and the calendar of each roadmap, made and revoked."""

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.reports.feeds import Feed
from roadmap.domain.reports.secret_links import LinkPurpose
from roadmap.operations.reports.feeds import make_feed
from roadmap.operations.reports.secret_links import revoke_link
from roadmap.queries.reports.feeds import feed_rows_for
from roadmap.web.redirects import referring_page
from roadmap.web.requests import config, current_person, database, redirect_after_post

BADGE_MESSAGE = "Badge made. Copy the line for your page."
CALENDAR_MESSAGE = "Calendar made. Give its address to your calendar program."
blueprint = Blueprint("feeds", __name__)


@blueprint.get("/settings/badge")
def badges() -> str:
    """The badge of each roadmap, with a preview and the lines to copy."""
    return _page(LinkPurpose.BADGE)


@blueprint.get("/settings/calendar")
def calendars() -> str:
    """The calendar of each roadmap, with its address."""
    return _page(LinkPurpose.CALENDAR)


@blueprint.post("/settings/badge/<public_id>")
def create_badge(public_id: str) -> ResponseReturnValue:
    """Make the badge of a roadmap."""
    return _make(public_id, LinkPurpose.BADGE, BADGE_MESSAGE)


@blueprint.post("/settings/calendar/<public_id>")
def create_calendar(public_id: str) -> ResponseReturnValue:
    """Make the calendar of a roadmap."""
    return _make(public_id, LinkPurpose.CALENDAR, CALENDAR_MESSAGE)


@blueprint.post("/feeds/<public_id>/revoke")
def destroy(public_id: str) -> ResponseReturnValue:
    """End a badge or a calendar at once."""
    with database().writing() as session:
        feed, enrollment = revoke_link(session, Feed, public_id, by=current_person(), at=clock.now())
        session.commit()
    flash(f"{feed.purpose.capitalize()} revoked. A new one gets another address.", "message")
    is_own = enrollment.user_id == current_person().id
    return redirect_after_post(
        referring_page(f"/settings/{feed.purpose}" if is_own else url_for("secret_links.index"))
    )


def _make(public_id: str, purpose: LinkPurpose, message: str) -> ResponseReturnValue:
    with database().writing() as session:
        make_feed(session, public_id, purpose, by=current_person(), at=clock.now(), key=config().secret_key)
        session.commit()
    flash(message, "message")
    return redirect_after_post(f"/settings/{purpose}#{purpose}-{public_id}")


def _page(purpose: LinkPurpose) -> str:
    with database().reading() as session:
        rows = feed_rows_for(session, current_person(), purpose, at=clock.now(), key=config().secret_key)
    return render_template(f"reports/{purpose}.html", rows=rows, base_url=config().base_url, here="settings")
