"""Administration: which accounts are approved as mentors, which reports say of their reviews."""

from collections.abc import Callable

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.accounts.users import approve_mentor, end_mentor_approval, find_user
from roadmap.web.requests import config, current_person, database, redirect_after_post

blueprint = Blueprint("mentor_approvals", __name__, url_prefix="/admin/accounts/<public_id>/approval")


@blueprint.get("")
def new(public_id: str) -> str:
    """Say what an approval means, and ask."""
    with database().reading() as session:
        user = find_user(session, public_id)
    installation = config().installation
    return render_template("admin/approval.html", user=user, installation=installation, here="admin")


@blueprint.post("")
def create(public_id: str) -> ResponseReturnValue:
    """Approve the account as a mentor."""
    return _change(public_id, approve_mentor, "is approved as a mentor")


@blueprint.post("/withdrawal")
def destroy(public_id: str) -> ResponseReturnValue:
    """Take the approval back; mentorships and reviews stay."""
    return _change(public_id, end_mentor_approval, "is no longer approved as a mentor")


def _change(public_id: str, change: Callable[..., None], outcome: str) -> ResponseReturnValue:
    with database().writing() as session:
        user = find_user(session, public_id)
        change(session, user, by=current_person(), at=clock.now())
        session.commit()
    flash(f"{user.name} {outcome}.", "message")
    return redirect_after_post(url_for("users.index"))
