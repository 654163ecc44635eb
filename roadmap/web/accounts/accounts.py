"""Making an account: the form, and the mailed link where mail is set."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.accounts.sessions import TokenPurpose
from roadmap.operations.accounts.registrations import confirm_registration
from roadmap.queries.accounts.sessions import find_link
from roadmap.web import login
from roadmap.web.accounts.forms import RegistrationForm
from roadmap.web.accounts.registrations import (
    check_invitation,
    checked_registration,
    first_page,
    is_open_to,
    register,
    start_first_session,
)
from roadmap.web.requests import database, person_or_none, redirect_after_post

LOOK = "Look into your mail: there is a link to go on with. It works for two days."
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
    return render_template("accounts/new.html", form=form)


@blueprint.post("/register")
def create() -> ResponseReturnValue:
    """Make the account and sign in, or send the link that does."""
    form = RegistrationForm()
    with form.shows_refusals():
        form.check()
        secret = register(checked_registration(**form.data))
        if secret is None:
            flash(LOOK, "notice")
            return redirect_after_post("/login")
        page = first_page(form.invitation.data or "", request.args.get("next"))
        return login.start_session(redirect_after_post(page), secret, is_remembered=False)
    return render_template("accounts/new.html", form=form), form.status_code


@blueprint.get("/register/<token>")
def edit(token: str) -> ResponseReturnValue:
    """The page a mailed link opens; only its button makes the account."""
    with database().reading() as session:
        link = find_link(session, token, TokenPurpose.REGISTRATION, at=clock.now())
    return render_template("accounts/confirm.html", link=link)


@blueprint.post("/register/<token>")
def update(token: str) -> ResponseReturnValue:
    """Make the account and sign in."""
    with database().writing() as session:
        link = find_link(session, token, TokenPurpose.REGISTRATION, at=clock.now())
        is_open = is_open_to(session, link.email)
        user = confirm_registration(
            session, token, is_open=is_open, at=clock.now(), address=request.remote_addr
        )
        secret = start_first_session(session, user)
        session.commit()
    page = first_page(request.args.get("invitation", ""))
    return login.start_session(redirect_after_post(page), secret, is_remembered=False)
