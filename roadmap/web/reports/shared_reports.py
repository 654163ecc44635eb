"""A shared report: read by whoever holds its link, without an account."""

import logging
import re

from flask import Blueprint, Request, Response, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.db.errors import DatabaseUnavailable
from roadmap.domain.errors import NotFound
from roadmap.domain.reports.links import LINK_NOT_FOUND
from roadmap.domain.reports.reports import ProgressReport
from roadmap.exports.formatting import percent_of, write_day
from roadmap.exports.pdf.report_pdf import draw_card
from roadmap.operations.reports.links import count_open
from roadmap.queries.reports.shares import SharedReport, find_shared_report
from roadmap.web.reports.forms import ListedForm
from roadmap.web.reports.reports import as_file, body_of
from roadmap.web.requests import config, database, is_asked_ahead, person_or_none
from roadmap.web.security_headers import add_noindex

FORMATS = ("pdf", "csv", "json")
blueprint = Blueprint("shared_reports", __name__)
log = logging.getLogger(__name__)
_PROGRAM = re.compile(
    # Most programs end a name in "bot"; phones named "Cubot" don't.
    r"(?<!cu)bot\b|(?<!cu)bot[-_/]|crawler|spider|scraper?\b|preview|prerender"
    r"|facebookexternalhit|facebookcatalog|meta-external|vkshare|line-poker|kakaotalk-scrap|slack-imgproxy"
    r"|embedly|iframely|nextcloud|mattermost|rocket\.chat|zulip|safelinks|mastodon"
    # Apps that also show pages to people use these names at the start only for previews.
    r"|^(whatsapp|viber|signal|pinterest|skype|flipboard|snapchat)\b",
    re.IGNORECASE,
)


@blueprint.get("/s/<token>")
def show(token: str) -> str:
    """The page: what the link shows, live or as of its day, and until when it holds."""
    only = ListedForm.asked()
    shared, is_own = _open(token)
    body = body_of(shared.report, only)
    return render_template(
        "reports/shares/shared.html",
        shared=shared,
        token=token,
        is_own=is_own,
        base_url=config().base_url,
        description=_describe(shared.report),
        installation=config().installation,
        **body,
    )


@blueprint.get("/s/<token>.png")
def card(token: str) -> Response:
    """The picture for programs that show where the link leads; nobody has opened the report by that."""
    return Response(draw_card(_find(token).report), mimetype="image/png")


@blueprint.get("/s/<token>.<extension>")
def download(token: str, extension: str) -> ResponseReturnValue:
    """The same as a file."""
    if extension not in FORMATS:
        raise NotFound(LINK_NOT_FOUND)
    only = ListedForm.asked()
    return as_file(_open(token)[0].report, extension, only)


@blueprint.after_request
def set_no_store(response: Response) -> Response:
    """Nobody stores or lists what the address alone opens."""
    response.headers["Cache-Control"] = "private, no-store"
    return add_noindex(response)


def _open(token: str) -> tuple[SharedReport, bool]:
    """The report, counted unless its owner or a program looks; also whether it is its owner."""
    shared = _find(token)
    person = person_or_none()
    is_own = person is not None and person.id == shared.owner_id
    if not (is_own or is_program(request)):
        _count(shared)
    return shared, is_own


def _describe(report: ProgressReport) -> str:
    """The sentence of a preview, with nothing that the page does not say."""
    numbers = f"Claimed {percent_of(report.claimed)}, verified {percent_of(report.verified)}"
    return f"{numbers}, as of {write_day(report.as_of, year_now=0)}."


def _find(token: str) -> SharedReport:
    with database().reading() as session:
        return find_shared_report(session, token, at=clock.now(), installation=config().installation)


def _count(shared: SharedReport) -> None:
    """In a short transaction of its own; a read never fails because this could not be written."""
    try:
        with database().writing(waits=False) as session:
            count_open(session, shared.share_id, at=clock.now())
            session.commit()
    except DatabaseUnavailable:
        log.info("an open was not counted: the database is busy")


def is_program(request: Request) -> bool:
    """Return whether a program asks: one that names itself, looks ahead, or wants only the headers."""
    return is_asked_ahead() or _PROGRAM.search(request.user_agent.string) is not None
