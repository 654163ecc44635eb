"""Settings: the profile of a person, the theme of a browser, and deleting the account."""

from datetime import timedelta

from flask import Blueprint, Response, flash, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import Conflict, invalid
from roadmap.operations.accounts.login_attempts import forget_failed_attempts
from roadmap.operations.accounts.profiles import change_profile
from roadmap.operations.accounts.users import delete_user, find_user
from roadmap.queries.pages.deletion import private_roadmaps_at_deletion
from roadmap.web import login
from roadmap.web.accounts.authentication import NOT_YOURS, verify_password
from roadmap.web.accounts.forms import THEMES, DeletionForm, ProfileForm, ThemeForm
from roadmap.web.redirects import current_page, safe_next
from roadmap.web.requests import current_person, database, redirect_after_post
from roadmap.web.security_headers import set_cookie

THEME_COOKIE = "roadmap_theme"
profiles = Blueprint("profiles", __name__)
themes = Blueprint("themes", __name__)
deletions = Blueprint("deletions", __name__)


@profiles.get("/settings")
def edit() -> str:
    """The form, and links to the other settings."""
    person = current_person()
    form = ProfileForm(
        name=person.name,
        time_zone=person.time_zone,
        letter_keys=person.letter_keys,
        wants_digest=person.wants_digest,
    )
    return render_template("accounts/profile.html", form=form, here="settings")


@profiles.post("/settings")
def update() -> ResponseReturnValue:
    """Save the profile."""
    form = ProfileForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            change_profile(session, by=current_person(), **form.data)
            session.commit()
        flash("Settings saved.", "message")
        return redirect_after_post("/settings")
    return render_template("accounts/profile.html", form=form, here="settings"), form.status_code


@themes.app_context_processor
def theme_of_browser() -> dict[str, str]:
    """The theme for every template; `system` unless the browser chose one."""
    theme = request.cookies.get(THEME_COOKIE, "")
    return {"theme": theme if theme in THEMES else "system"}


@themes.post("/theme", endpoint="update")
def choose_theme() -> Response:
    """Remember the theme in a cookie, for visitors too; `system` deletes it."""
    form = ThemeForm()
    form.check()
    theme = form.theme.data or ""
    response = redirect_after_post(safe_next(form.next.data, default=current_page()))
    lifetime = timedelta(days=365) if theme != "system" else timedelta()
    set_cookie(response, THEME_COOKIE, theme, lifetime=lifetime)
    return response


@deletions.get("/settings/deletion", endpoint="new")
def confirm_deletion() -> str:
    """What is deleted and what stays, and the form that asks for the password."""
    return _deletion_page(DeletionForm())


@deletions.post("/settings/deletion", endpoint="create")
def delete_account() -> ResponseReturnValue:
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
            return _deletion_page(form), 409
        response = login.clear_session(redirect_after_post("/"))
        flash("Your account has been deleted.", "notice")
        return response
    return _deletion_page(form), form.status_code


def _deletion_page(form: DeletionForm) -> str:
    with database().reading() as session:
        roadmaps = private_roadmaps_at_deletion(session, current_person())
    return render_template("accounts/deletion.html", form=form, roadmaps=roadmaps, here="settings")
