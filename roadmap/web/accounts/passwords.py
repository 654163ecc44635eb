"""A forgotten password, replaced by a mailed link; and changing a password in the settings."""

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.accounts.sessions import TokenPurpose
from roadmap.operations.accounts.accounts import known_spelling
from roadmap.operations.accounts.login_attempts import AttemptLimit, forget_failed_attempts
from roadmap.operations.accounts.passwords import change_password, request_reset, reset_password
from roadmap.passwords import check_password
from roadmap.queries.accounts.sessions import find_link
from roadmap.web import login
from roadmap.web.accounts.authentication import password_hasher, record_attempt, verify_own_password
from roadmap.web.accounts.forms import ForgottenForm, PasswordForm, ResetForm
from roadmap.web.limits.rate_limits import client_network
from roadmap.web.redirects import redirect_to
from roadmap.web.requests import config, current_person, database, own_session_id

FROM_ONE_ADDRESS = 30
TO_ONE_ADDRESS = 5
MAILED = "Check your email. If this address has an account, we’ve sent a link that works for two hours."
NOT_MAILED = (
    "This installation doesn’t send email. If this address has an account, an administrator can "
    "give you a link. It works for two hours."
)
passwords = Blueprint("passwords", __name__)
password_changes = Blueprint("password_changes", __name__)


@passwords.get("/password/forgotten")
def new() -> str:
    return render_template("accounts/forgotten.html", form=ForgottenForm())


@passwords.post("/password/forgotten")
def create() -> ResponseReturnValue:
    """Mail a link; the answer is the same whether there is such an account or not."""
    form = ForgottenForm()
    with form.shows_refusals():
        form.check()
        email = known_spelling(form.email.data or "")
        record_attempt([
            AttemptLimit("mail", email, TO_ONE_ADDRESS),
            AttemptLimit("reset", client_network(), FROM_ONE_ADDRESS),
        ])  # fmt: skip
        with database().writing() as session:
            request_reset(
                session, email, at=clock.now(), base_url=config().base_url, address=request.remote_addr
            )
            session.commit()
        flash(MAILED if config().sends_mail else NOT_MAILED, "notice")
        return redirect_to("sign_ins.new")
    return render_template("accounts/forgotten.html", form=form), form.status_code


@passwords.get("/password/reset/<token>")
def edit(token: str) -> str:
    """The form for the new password; opening it does not use the link up."""
    with database().reading() as session:
        link = find_link(session, token, TokenPurpose.PASSWORD, at=clock.now())
    return render_template("accounts/reset.html", form=ResetForm(), link=link)


@passwords.post("/password/reset/<token>")
def update(token: str) -> ResponseReturnValue:
    """Set the new password; all sessions end."""
    form = ResetForm()
    with database().reading() as session:
        link = find_link(session, token, TokenPurpose.PASSWORD, at=clock.now())
    with form.shows_refusals():
        form.check()
        check_password(form.password.data or "", name=link.name, email=link.email)
        new_hash = password_hasher().hash(form.password.data or "")
        with database().writing() as session:
            reset_password(
                session,
                token,
                new_hash,
                at=clock.now(),
                base_url=config().base_url,
                address=request.remote_addr,
            )
            session.commit()
        response = login.clear_session(redirect_to("sign_ins.new"))
        flash("Your new password is set. Sign in with it.", "notice")
        return response
    return render_template("accounts/reset.html", form=form, link=link), form.status_code


@passwords.get("/.well-known/change-password")
def show() -> ResponseReturnValue:
    """Where password managers lead people to change a password."""
    return redirect_to("password_changes.new")


@password_changes.get("/settings/password", endpoint="new")
def edit_password() -> str:
    """The form, which asks for the present password too."""
    return render_template("accounts/password.html", form=PasswordForm())


@password_changes.post("/settings/password", endpoint="create")
def update_password() -> ResponseReturnValue:
    """Set the new password; every other session ends."""
    form = PasswordForm()
    with form.shows_refusals():
        form.check()
        _change_password(form.password.data or "", form.new_password.data or "")
        return redirect_to("password_changes.new", "Password changed. You’re signed out everywhere else.")
    return render_template("accounts/password.html", form=form), form.status_code


def _change_password(present: str, new: str) -> None:
    person = current_person()
    check_password(new, name=person.name, email=person.email, field="new_password")
    proof = verify_own_password(present)
    new_hash = password_hasher().hash(new)
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
