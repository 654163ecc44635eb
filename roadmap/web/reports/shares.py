"""Share links: made, listed, drawn as a QR code and revoked by their owner."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.reports.links import Share
from roadmap.exports.pdf.qr_codes import draw_qr_picture
from roadmap.operations.reports.links import make_share, name_share, revoke_link
from roadmap.queries.reports.shares import find_share_enrollment, find_share_token, find_shares_page
from roadmap.web.forms.posted import only_once
from roadmap.web.redirects import referring_page
from roadmap.web.reports.forms import ShareForm, ShareNameForm
from roadmap.web.requests import config, current_person, database, redirect_after_post

blueprint = Blueprint("shares", __name__)


@blueprint.get("/enrollments/<public_id>/shares")
def index(
    public_id: str,
    form: ShareForm | None = None,
    renamed: Mapping[str, ShareNameForm] = MappingProxyType({}),
) -> str:
    """The links to a report, how often each was opened, and the form for another.

    A form that came back is that of a new link, or by the public id of its link a new name.
    """
    with database().reading() as session:
        page = find_shares_page(
            session, public_id, seen_by=current_person(), at=clock.now(), key=config().secret_key
        )
    shown = form or ShareForm(reads_request=False, expires_on=page.usual_expiry)
    return render_template(
        "reports/shares/index.html", page=page, form=shown, renamed=renamed, base_url=config().base_url
    )


@blueprint.post("/enrollments/<public_id>/shares")
def create(public_id: str) -> ResponseReturnValue:
    """Make a link; its owner finds it in the list from then on."""
    form = ShareForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            only_once(session, needs_field=False)
            share = make_share(
                session,
                public_id,
                form.choice(),
                by=current_person(),
                at=clock.now(),
                key=config().secret_key,
            )
            session.commit()
        flash("Link created. Copy it from here whenever you need it.", "message")
        return redirect_after_post(
            url_for("shares.index", public_id=public_id, _anchor=f"share-{share.public_id}")
        )
    return index(public_id, form), form.status_code


@blueprint.get("/shares/<public_id>/code.svg")
def code(public_id: str) -> Response:
    with database().reading() as session:
        token = find_share_token(session, public_id, seen_by=current_person(), key=config().secret_key)
    url = config().base_url + url_for("shared_reports.show", token=token)
    return Response(draw_qr_picture(url), mimetype="image/svg+xml")


@blueprint.get("/shares/<public_id>/name")
def edit(public_id: str) -> ResponseReturnValue:
    """Lead to the list of links, where the name is: a refused form leaves this address in the browser."""
    with database().reading() as session:
        enrollment = find_share_enrollment(session, public_id, seen_by=current_person())
    return redirect(url_for("shares.index", public_id=enrollment, _anchor=f"share-{public_id}"), 303)


@blueprint.post("/shares/<public_id>/name")
def update(public_id: str) -> ResponseReturnValue:
    with database().reading() as session:
        enrollment = find_share_enrollment(session, public_id, seen_by=current_person())
    form = ShareNameForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            name_share(session, public_id, form.name.data or "", by=current_person())
            session.commit()
        flash("Name saved.", "message")
        return redirect_after_post(
            url_for("shares.index", public_id=enrollment, _anchor=f"share-{public_id}")
        )
    return index(enrollment, renamed={public_id: form}), form.status_code


@blueprint.post("/shares/<public_id>/revoke")
def destroy(public_id: str) -> ResponseReturnValue:
    with database().writing() as session:
        _, enrollment = revoke_link(session, Share, public_id, by=current_person(), at=clock.now())
        session.commit()
    flash("Link revoked. It no longer works.", "message")
    is_own = enrollment.user_id == current_person().id
    own = url_for("shares.index", public_id=enrollment.public_id)
    return redirect_after_post(referring_page(own if is_own else url_for("secret_links.index")))
