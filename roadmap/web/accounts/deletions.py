"""Settings: deleting one's own account."""

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import Conflict, refuse
from roadmap.operations.accounts.login_attempts import settle
from roadmap.operations.accounts.users import delete_user, find_user
from roadmap.web import login
from roadmap.web.accounts.authentication import NOT_YOURS, prove
from roadmap.web.accounts.forms import DeletionForm
from roadmap.web.requests import current_person, database, see

blueprint = Blueprint("deletions", __name__)


@blueprint.get("/settings/deletion")
def new() -> str:
    """What goes and what stays, and the form that asks for the password."""
    return _page(DeletionForm())


@blueprint.post("/settings/deletion")
def create() -> ResponseReturnValue:
    """Delete the account with everything it owns."""
    form, person = DeletionForm(), current_person()
    with form.taking_refusals():
        form.check()
        proof = prove(
            person, form.password.data or "", email=person.email, refusal=refuse(password=NOT_YOURS)
        )
        try:
            with database().writing() as session:
                settle(session, proof)
                delete_user(session, find_user(session, person.public_id), by=person, at=clock.now())
                session.commit()
        except Conflict as refusal:
            form.problem = refusal.message
            return _page(form), 409
        response = login.forget(see("/"))
        flash("Your account is deleted.", "notice")
        return response
    return _page(form), 422


def _page(form: DeletionForm) -> str:
    return render_template("accounts/deletion.html", form=form, here="settings")
