"""Settings: the mail address of an account, confirmed by a link to the new one."""

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.accounts.sessions import TokenPurpose
from roadmap.domain.errors import invalid
from roadmap.operations.accounts.accounts import normalize_address
from roadmap.operations.accounts.login_attempts import AttemptLimit, forget_failed_attempts
from roadmap.operations.accounts.profiles import confirm_address, request_email_change
from roadmap.queries.accounts.sessions import find_link
from roadmap.web.accounts.authentication import NOT_YOURS, record_attempt, verify_password
from roadmap.web.accounts.forms import AddressForm
from roadmap.web.requests import config, current_person, database, redirect_after_post

TO_ONE_ADDRESS = 5
MAILED = "We’ve sent a link to the new address. Open it to confirm the change."
UNCHANGED_NOTICE = (
    "This installation doesn’t send email, so the confirmation link is in its outbox. "
    "Ask an administrator for it, then open it to confirm the change."
)
blueprint = Blueprint("addresses", __name__)


@blueprint.get("/settings/address")
def new() -> str:
    """The form that asks for another address."""
    return render_template("accounts/edit_address.html", form=AddressForm(), here="settings")


@blueprint.post("/settings/address")
def create() -> ResponseReturnValue:
    """Mail a link to the new address and a warning to the old."""
    form, person = AddressForm(), current_person()
    with form.shows_refusals():
        form.check()
        email = normalize_address(form.email.data or "")
        proof = verify_password(
            person, form.password.data or "", email=person.email, error=invalid(password=NOT_YOURS)
        )
        record_attempt([AttemptLimit("mail", email, TO_ONE_ADDRESS)])
        with database().writing() as session:
            forget_failed_attempts(session, proof)
            request_email_change(session, email, by=person, at=clock.now(), base_url=config().base_url)
            session.commit()
        flash(MAILED if config().sends_mail else UNCHANGED_NOTICE, "notice")
        return redirect_after_post("/settings/address")
    return render_template("accounts/edit_address.html", form=form, here="settings"), form.status_code


@blueprint.get("/address/<token>")
def edit(token: str) -> str:
    """The page a mailed link opens; only its button changes the address."""
    with database().reading() as session:
        link = find_link(session, token, TokenPurpose.ADDRESS, at=clock.now())
    return render_template("accounts/address.html", link=link)


@blueprint.post("/address/<token>")
def update(token: str) -> ResponseReturnValue:
    """Give the account its new address."""
    with database().writing() as session:
        confirm_address(session, token, at=clock.now(), address=request.remote_addr)
        session.commit()
    flash("Email address changed. Sign in with the new one from now on.", "notice")
    return redirect_after_post("/login")
