"""Settings: name, time zone and keys of a person."""

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue

from roadmap.operations.accounts.profiles import change_profile
from roadmap.web.accounts.forms import ProfileForm
from roadmap.web.requests import current_person, database, redirect_after_post

blueprint = Blueprint("profiles", __name__)


@blueprint.get("/settings")
def edit() -> str:
    """The form, and the ways to the other settings."""
    person = current_person()
    form = ProfileForm(
        name=person.name,
        time_zone=person.time_zone,
        letter_keys=person.letter_keys,
        wants_digest=person.wants_digest,
    )
    return render_template("accounts/profile.html", form=form, here="settings")


@blueprint.post("/settings")
def update() -> ResponseReturnValue:
    """Save them."""
    form = ProfileForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            change_profile(session, by=current_person(), **form.data)
            session.commit()
        flash("Settings saved.", "message")
        return redirect_after_post("/settings")
    return render_template("accounts/profile.html", form=form, here="settings"), 422
