"""Administration: the accounts of this installation."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.accounts.users import User
from roadmap.operations.accounts import users as operations
from roadmap.operations.accounts.passwords import start_reset
from roadmap.queries.accounts.users import find_accounts_page
from roadmap.web.requests import config, current_person, database, redirect_after_post

STATES = {"active": operations.enable_user, "disabled": operations.disable_user}
ROLES = {"administrator": operations.make_admin, "person": operations.end_admin}
blueprint = Blueprint("users", __name__, url_prefix="/admin")


@blueprint.get("")
def index() -> str:
    """All accounts by name; `q` looks in names and addresses."""
    words, after = request.args.get("q", "").strip()[:100], request.args.get("after", "")
    with database().reading() as session:
        page = find_accounts_page(session, words=words, after=after, at=clock.now())
    return render_template("admin/accounts.html", page=page, words=words, after=after, here="admin")


@blueprint.post("/accounts/<public_id>/state")
def update(public_id: str) -> ResponseReturnValue:
    """Disable or enable an account: `state` is `active` or `disabled`."""
    change = STATES.get(request.form.get("state", "")) or abort(422, "Choose active or disabled.")
    user = _changed(public_id, change)
    flash(f"{user.name} is {'disabled' if user.is_disabled else 'active'}.", "message")
    return _back()


@blueprint.post("/accounts/<public_id>/role")
def appoint(public_id: str) -> ResponseReturnValue:
    """Make an administrator or end it: `role` is `administrator` or `person`."""
    change = ROLES.get(request.form.get("role", "")) or abort(422, "Choose administrator or person.")
    user = _changed(public_id, change)
    flash(f"{user.name} is {'an administrator' if user.is_admin else 'no administrator'} now.", "message")
    return _back()


@blueprint.post("/accounts/<public_id>/reset")
def reset(public_id: str) -> ResponseReturnValue:
    """Start a new password: the link goes by mail, or is shown once where no mail is sent."""
    with database().writing() as session:
        user = operations.find_user(session, public_id)
        url = start_reset(
            session,
            user,
            by=current_person(),
            at=clock.now(),
            base_url=config().base_url,
            mails=config().sends_mail,
        )
        session.commit()
    told = f"A link is on its way to {user.name}."
    shown = f"Give this link to {user.name}; it is shown only now and works once, within two hours: {url}"
    flash(told if config().sends_mail else shown, "notice")
    return _back()


@blueprint.get("/accounts/<public_id>/deletion")
def edit(public_id: str) -> str:
    """Ask once more before an account is deleted."""
    with database().reading() as session:
        user = operations.find_user(session, public_id)
    return render_template("admin/deletion.html", user=user, here="admin")


@blueprint.post("/accounts/<public_id>/deletion")
def destroy(public_id: str) -> ResponseReturnValue:
    """Delete an account with everything it owns."""
    with database().writing() as session:
        user = operations.find_user(session, public_id)
        name = user.name
        operations.delete_user(session, user, by=current_person(), at=clock.now())
        session.commit()
    flash(f"The account of {name} is deleted.", "message")
    return redirect_after_post("/admin")


def _changed(public_id: str, change: Callable[..., None]) -> User:
    with database().writing() as session:
        user = operations.find_user(session, public_id)
        change(session, user, by=current_person(), at=clock.now())
        session.commit()
    return user


def _back() -> ResponseReturnValue:
    """The page of the accounts on which the button was pressed."""
    words, after = (request.form.get(name) or None for name in ("q", "after"))
    return redirect_after_post(url_for("users.index", q=words, after=after))
