"""Making an account: the form, and the mailed link where mail is set."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.accounts.sessions import TokenPurpose
from roadmap.queries.accounts.sessions import find_link
from roadmap.web import login
from roadmap.web.accounts.forms import ConfirmationForm, RegistrationForm
from roadmap.web.accounts.registrations import (
    check_invitation,
    check_sign_up,
    confirm,
    first_page,
    has_no_accounts,
    is_requested_here,
    register,
)
from roadmap.web.redirects import redirect_to
from roadmap.web.requests import database, person_or_none, redirect_after_post

LOOK = "Check your email. We’ve sent a link to continue; it works for two days."
blueprint = Blueprint("accounts", __name__)


@blueprint.get("/register")
def new() -> ResponseReturnValue:
    """The form, unless sign-up is closed; by an invitation it is for the address that was invited."""
    invitation = request.args.get("invitation", "")
    if person_or_none():
        return redirect(first_page(invitation, request.args.get("next")))
    with database().reading() as session:
        email = check_invitation(session, invitation)
    form = RegistrationForm(email=email, invitation=invitation if email else "")
    return render_template("accounts/new.html", form=form, is_first=has_no_accounts())


@blueprint.post("/register")
def create() -> ResponseReturnValue:
    """Make the account and sign in, or send the link that does."""
    form = RegistrationForm()
    with form.shows_refusals():
        form.check()
        secret = register(**form.data)
        if secret is None:
            flash(LOOK, "notice")
            return redirect_to("sign_ins.new")
        page = first_page(form.invitation.data or "", request.args.get("next"))
        return login.start_session(redirect_after_post(page), secret, is_remembered=False)
    return render_template("accounts/new.html", form=form, is_first=has_no_accounts()), form.status_code


@blueprint.get("/register/<token>")
def edit(token: str) -> ResponseReturnValue:
    """The page a mailed link opens; only its button makes the account."""
    with database().reading() as session:
        link = find_link(session, token, TokenPurpose.REGISTRATION, at=clock.now())
    return render_template(
        "accounts/confirm.html",
        link=link,
        form=ConfirmationForm(),
        asks_password=not is_requested_here(token),
    )


@blueprint.post("/register/<token>")
def update(token: str) -> ResponseReturnValue:
    """Make the account and sign in; where another browser asked for it, with the password chosen here."""
    form = ConfirmationForm()
    with database().reading() as session:
        link = find_link(session, token, TokenPurpose.REGISTRATION, at=clock.now())
        check_sign_up(session, link.email)
    asks_password = not is_requested_here(token)
    with form.shows_refusals():
        secret = confirm(token, link, password=_chosen_password(form) if asks_password else None)
        page = first_page(request.args.get("invitation", ""))
        return login.start_session(redirect_after_post(page), secret, is_remembered=False)
    return render_template("accounts/confirm.html", link=link, form=form, asks_password=asks_password), 422


def _chosen_password(form: ConfirmationForm) -> str:
    form.check()
    return form.password.data or ""
