"""Settings: changing one's own password."""

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import invalid
from roadmap.operations.accounts.login_attempts import forget_failed_attempts
from roadmap.operations.accounts.passwords import change_password
from roadmap.passwords import check_password
from roadmap.web.accounts.authentication import NOT_YOURS, passwords, verify_password
from roadmap.web.accounts.forms import PasswordForm
from roadmap.web.requests import config, current_person, database, own_session_id, redirect_after_post

blueprint = Blueprint("password_changes", __name__)


@blueprint.get("/settings/password")
def new() -> str:
    """The form, which asks for the present password too."""
    return render_template("accounts/password.html", form=PasswordForm(), here="settings")


@blueprint.post("/settings/password")
def create() -> ResponseReturnValue:
    """Set the new password; every other session ends."""
    form = PasswordForm()
    with form.shows_refusals():
        form.check()
        _change(form.password.data or "", form.new_password.data or "")
        flash("Your password is changed. Your other sessions have ended.", "message")
        return redirect_after_post("/settings/password")
    return render_template("accounts/password.html", form=form, here="settings"), 422


def _change(present: str, new: str) -> None:
    person = current_person()
    check_password(new, name=person.name, email=person.email, field="new_password")
    proof = verify_password(person, present, email=person.email, error=invalid(password=NOT_YOURS))
    new_hash = passwords().hash(new)
    with database().writing() as session:
        forget_failed_attempts(session, proof)
        change_password(
            session,
            new_hash,
            by=person,
            at=clock.now(),
            base_url=config().base_url,
            keep=own_session_id(),
            address=request.remote_addr,
        )
        session.commit()
