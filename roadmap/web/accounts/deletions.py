"""Settings: deleting one's own account."""

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import Conflict, invalid
from roadmap.operations.accounts.login_attempts import forget_failed_attempts
from roadmap.operations.accounts.users import delete_user, find_user
from roadmap.web import login
from roadmap.web.accounts.authentication import NOT_YOURS, verify_password
from roadmap.web.accounts.forms import DeletionForm
from roadmap.web.requests import current_person, database, redirect_after_post

blueprint = Blueprint("deletions", __name__)


@blueprint.get("/settings/deletion")
def new() -> str:
    """What goes and what stays, and the form that asks for the password."""
    return _page(DeletionForm())


@blueprint.post("/settings/deletion")
def create() -> ResponseReturnValue:
    """Delete the account with everything it owns."""
    form, person = DeletionForm(), current_person()
    with form.shows_refusals():
        form.check()
        proof = verify_password(
            person, form.password.data or "", email=person.email, error=invalid(password=NOT_YOURS)
        )
        try:
            with database().writing() as session:
                forget_failed_attempts(session, proof)
                delete_user(session, find_user(session, person.public_id), by=person, at=clock.now())
                session.commit()
        except Conflict as error:
            form.problem = error.message
            return _page(form), 409
        response = login.clear_session(redirect_after_post("/"))
        flash("Your account is deleted.", "notice")
        return response
    return _page(form), 422


def _page(form: DeletionForm) -> str:
    return render_template("accounts/deletion.html", form=form, here="settings")
