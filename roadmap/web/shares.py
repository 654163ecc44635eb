"""Share links: made, listed, revoked by their owner; read by whoever holds one."""

from contextlib import suppress

from flask import Blueprint, Response, abort, flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField
from wtforms.validators import Optional

from roadmap import clock
from roadmap.database import DatabaseUnavailable
from roadmap.operations.shares import ShareWish, count_opening, revoke_share, share_report
from roadmap.queries.enrollments import find_own_enrollment
from roadmap.queries.shares import SharedReport, find_shared_report, shares_made
from roadmap.web.forms import Form
from roadmap.web.reports import as_file
from roadmap.web.requests import config, current_person, database, see

blueprint = Blueprint("shares", __name__)
SHARED_FORMATS = ("pdf", "csv", "json")


class ShareForm(Form):
    """What a link shows and until when."""

    expires_on = DateField("Works until", [Optional()])
    as_of = DateField("As of", [Optional()])
    show_evidence = BooleanField("Show evidence", default=True)
    show_names = BooleanField("Show the names of mentors", default=True)


@blueprint.get("/enrollments/<public_id>/shares")
def index(public_id: str) -> str:
    """All links to this report, how often each was opened, and the form for another."""
    return _page(public_id, ShareForm(formdata=None))


@blueprint.post("/enrollments/<public_id>/shares")
def create(public_id: str) -> ResponseReturnValue:
    """Make a link; its owner can look it up again."""
    form = ShareForm()
    with form.taking_refusals():
        form.check()
        wish = ShareWish(form.expires_on.data, form.as_of.data, form.show_evidence.data, form.show_names.data)
        with database().writing() as session:
            share_report(
                session, public_id, wish, by=current_person(), at=clock.now(), key=config().secret_key
            )
            session.commit()
        flash("Link made. Copy it from the list below.", "message")
        return see(url_for("shares.index", public_id=public_id))
    return _page(public_id, form), 422


@blueprint.post("/shares/<public_id>/revoke")
def destroy(public_id: str) -> ResponseReturnValue:
    """End a link at once."""
    with database().writing() as session:
        enrollment = revoke_share(session, public_id, by=current_person(), at=clock.now())
        session.commit()
    flash("Link revoked. Whoever opens it now finds nothing.", "message")
    return see(url_for("shares.index", public_id=enrollment) if enrollment else url_for("today.show"))


@blueprint.get("/s/<token>")
def show(token: str) -> ResponseReturnValue:
    """The shared report, no account needed."""
    shared = _open(token)
    page = render_template("reports/shared.html", shared=shared, report=shared.report, token=token)
    return _private(make_response(page))


@blueprint.get("/s/<token>.<extension>")
def download(token: str, extension: str) -> ResponseReturnValue:
    """The shared report as a file."""
    if extension not in SHARED_FORMATS:
        abort(404)
    return _private(make_response(as_file(_open(token).report, extension)))


def _open(token: str) -> SharedReport:
    """Read the report; the count is best effort and never fails a reader."""
    with database().reading() as session:
        shared = find_shared_report(session, token, at=clock.now())
    with suppress(DatabaseUnavailable), database().writing() as session:
        count_opening(session, shared.share_id, at=clock.now())
        session.commit()
    return shared


def _private(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(public_id: str, form: ShareForm) -> str:
    with database().reading() as session:
        enrollment = find_own_enrollment(session, public_id, seen_by=current_person(), at=clock.now())
        made = shares_made(session, current_person(), public_id, at=clock.now(), key=config().secret_key)
    return render_template(
        "reports/shares.html",
        shares=made,
        form=form,
        enrollment=enrollment,
        base_url=config().base_url,
        current_enrollment=enrollment,
        here="report",
    )
