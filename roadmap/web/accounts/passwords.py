"""A forgotten password: asking for a link, and choosing a new one by it."""

from flask import Blueprint, flash, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.accounts.sessions import TokenPurpose
from roadmap.operations.accounts.accounts import known_spelling
from roadmap.operations.accounts.login_attempts import AttemptLimit
from roadmap.operations.accounts.passwords import request_reset, reset_password
from roadmap.passwords import check_password
from roadmap.queries.accounts.sessions import find_link
from roadmap.web import login
from roadmap.web.accounts.authentication import passwords, record_attempt
from roadmap.web.accounts.forms import ForgottenForm, ResetForm
from roadmap.web.requests import config, database, redirect_after_post

FROM_ONE_ADDRESS = 30
TO_ONE_ADDRESS = 5
MAILED = "Look into your mail: if this address has an account, a link is on its way. It works for two hours."
KEPT = (
    "This installation sends no mail. If this address has an account, a link waits for you:"
    " ask whoever runs it. It works for two hours."
)
blueprint = Blueprint("passwords", __name__)


@blueprint.get("/password/forgotten")
def new() -> str:
    """The form that asks for a link."""
    return render_template("accounts/forgotten.html", form=ForgottenForm())


@blueprint.post("/password/forgotten")
def create() -> ResponseReturnValue:
    """Mail a link; the answer is the same whether there is such an account or not."""
    form = ForgottenForm()
    with form.shows_refusals():
        form.check()
        email = known_spelling(form.email.data or "")
        record_attempt([
            AttemptLimit("mail", email, TO_ONE_ADDRESS),
            AttemptLimit("reset", request.remote_addr or "", FROM_ONE_ADDRESS),
        ])  # fmt: skip
        with database().writing() as session:
            request_reset(
                session, email, at=clock.now(), base_url=config().base_url, address=request.remote_addr
            )
            session.commit()
        flash(MAILED if config().sends_mail else KEPT, "notice")
        return redirect_after_post("/login")
    return render_template("accounts/forgotten.html", form=form), 422


@blueprint.get("/password/reset/<token>")
def edit(token: str) -> str:
    """The form for the new password; opening it does not use the link up."""
    with database().reading() as session:
        link = find_link(session, token, TokenPurpose.PASSWORD, at=clock.now())
    return render_template("accounts/reset.html", form=ResetForm(), link=link)


@blueprint.post("/password/reset/<token>")
def update(token: str) -> ResponseReturnValue:
    """Set the new password; all sessions end."""
    form = ResetForm()
    with database().reading() as session:
        link = find_link(session, token, TokenPurpose.PASSWORD, at=clock.now())
    with form.shows_refusals():
        form.check()
        check_password(form.password.data or "", name=link.name, email=link.email)
        new_hash = passwords().hash(form.password.data or "")
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
        response = login.clear_session(redirect_after_post("/login"))
        flash("Your password is set. Sign in with it.", "notice")
        return response
    return render_template("accounts/reset.html", form=form, link=link), 422


@blueprint.get("/.well-known/change-password")
def show() -> ResponseReturnValue:
    """Where password managers lead people to change a password."""
    return redirect_after_post("/settings/password")
