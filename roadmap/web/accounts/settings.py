"""Settings: profile, email address, the theme of a browser, one's own data, and deleting the account."""

from datetime import timedelta

from flask import Blueprint, Response, flash, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.accounts.sessions import TokenPurpose
from roadmap.domain.errors import Conflict
from roadmap.exports.account_archives import write_account_zip
from roadmap.operations.accounts.accounts import normalize_address
from roadmap.operations.accounts.login_attempts import AttemptLimit, forget_failed_attempts
from roadmap.operations.accounts.profiles import change_profile, confirm_address, request_email_change
from roadmap.operations.accounts.users import delete_user, find_user
from roadmap.queries.accounts.sessions import find_link
from roadmap.queries.pages.deletion import private_roadmaps_at_deletion
from roadmap.queries.reports.archives import account_archive
from roadmap.web import login
from roadmap.web.accounts.authentication import record_attempt, verify_own_password
from roadmap.web.accounts.forms import THEMES, AddressForm, DeletionForm, ProfileForm, ThemeForm
from roadmap.web.redirects import current_page, redirect_to, safe_next
from roadmap.web.requests import config, current_person, database, redirect_after_post
from roadmap.web.security_headers import set_cookie

THEME_COOKIE = "roadmap_theme"
TO_ONE_ADDRESS = 5
MAILED = "We’ve sent a link to the new address. Open it to confirm the change."
UNCHANGED_NOTICE = (
    "This installation doesn’t send email, so the confirmation link is in its outbox. "
    "Ask an administrator for it, then open it to confirm the change."
)
profiles = Blueprint("profiles", __name__)
addresses = Blueprint("addresses", __name__)
archives = Blueprint("archives", __name__)
themes = Blueprint("themes", __name__)
deletions = Blueprint("deletions", __name__)


@profiles.get("/settings")
def edit() -> str:
    return render_template("accounts/profile.html", form=ProfileForm(of=current_person()))


@profiles.post("/settings")
def update() -> ResponseReturnValue:
    form = ProfileForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            change_profile(session, by=current_person(), **form.data)
            session.commit()
        return redirect_to("profiles.edit", "Settings saved.")
    return render_template("accounts/profile.html", form=form), form.status_code


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


@addresses.get("/settings/address", endpoint="new")
def ask_for_address() -> str:
    return render_template("accounts/edit_address.html", form=AddressForm())


@addresses.post("/settings/address", endpoint="create")
def request_address() -> ResponseReturnValue:
    """Mail a link to the new address and a warning to the old."""
    form, person = AddressForm(), current_person()
    with form.shows_refusals():
        form.check()
        email = normalize_address(form.email.data or "")
        proof = verify_own_password(form.password.data or "")
        record_attempt([AttemptLimit("mail", email, TO_ONE_ADDRESS)])
        with database().writing() as session:
            forget_failed_attempts(session, proof)
            request_email_change(session, email, by=person, at=clock.now(), base_url=config().base_url)
            session.commit()
        flash(MAILED if config().sends_mail else UNCHANGED_NOTICE, "notice")
        return redirect_to("addresses.new")
    return render_template("accounts/edit_address.html", form=form), form.status_code


@addresses.get("/address/<token>", endpoint="edit")
def show_address_link(token: str) -> str:
    """The page a mailed link opens; only its button changes the address."""
    with database().reading() as session:
        link = find_link(session, token, TokenPurpose.ADDRESS, at=clock.now())
    return render_template("accounts/address.html", link=link)


@addresses.post("/address/<token>", endpoint="update")
def change_address(token: str) -> ResponseReturnValue:
    with database().writing() as session:
        confirm_address(session, token, at=clock.now(), address=request.remote_addr)
        session.commit()
    flash("Email address changed. Sign in with the new one from now on.", "notice")
    return redirect_to("sign_ins.new")


@archives.get("/settings/data", endpoint="show")
def show_data() -> str:
    """What the file holds, and where to get it."""
    return render_template("reports/data.html")


@archives.get("/settings/data.zip", endpoint="download")
def download_data() -> Response:
    """The file; to get it changes nothing."""
    with database().reading() as session:
        archive = account_archive(session, of=current_person(), at=clock.now())
    response = Response(write_account_zip(archive), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{archive.file_name}.zip"'
    return response


@deletions.get("/settings/deletion", endpoint="new")
def confirm_deletion(form: DeletionForm | None = None) -> str:
    """What is deleted and what stays, and the form that asks for the password."""
    with database().reading() as session:
        roadmaps = private_roadmaps_at_deletion(session, current_person())
    return render_template("accounts/deletion.html", form=form or DeletionForm(), roadmaps=roadmaps)


@deletions.post("/settings/deletion", endpoint="create")
def delete_account() -> ResponseReturnValue:
    form, person = DeletionForm(), current_person()
    with form.shows_refusals():
        form.check()
        proof = verify_own_password(form.password.data or "")
        try:
            with database().writing() as session:
                forget_failed_attempts(session, proof)
                delete_user(session, find_user(session, person.public_id), by=person, at=clock.now())
                session.commit()
        except Conflict as error:
            form.problem = error.message
            return confirm_deletion(form), 409
        response = login.clear_session(redirect_to("home.index"))
        flash("Your account has been deleted.", "notice")
        return response
    return confirm_deletion(form), form.status_code
