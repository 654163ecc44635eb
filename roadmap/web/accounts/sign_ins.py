"""Signing in and out."""

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.accounts import sign_ins as operations
from roadmap.operations.accounts.login_attempts import forget_failed_attempts
from roadmap.web import login
from roadmap.web.accounts.authentication import authenticate, password_hasher
from roadmap.web.accounts.forms import SignInForm
from roadmap.web.accounts.registrations import offers_sign_up
from roadmap.web.redirects import safe_next
from roadmap.web.requests import (
    current_person,
    current_session,
    database,
    person_or_none,
    redirect_after_post,
)

blueprint = Blueprint("sign_ins", __name__)


@blueprint.get("/login")
def new() -> ResponseReturnValue:
    """The form; whoever is signed in already goes on."""
    if person_or_none():
        return redirect(safe_next(request.args.get("next")))
    return _page(SignInForm())


@blueprint.post("/login")
def create() -> ResponseReturnValue:
    """Begin a session and go to the page that was asked for."""
    form = SignInForm()
    with form.shows_refusals():
        form.check()
        person, proof = authenticate(form.email.data or "", form.password.data or "")
        is_old = password_hasher().is_outdated(person.password_hash)
        new_hash = password_hasher().hash(form.password.data or "") if is_old else None
        with database().writing() as session:
            forget_failed_attempts(session, proof)
            login.end_earlier_session(session)
            secret = operations.sign_in(
                session,
                person,
                at=clock.now(),
                is_remembered=form.remember.data,
                new_hash=new_hash,
                agent=request.user_agent.string,
                address=request.remote_addr,
            )
            session.commit()
        response = redirect_after_post(safe_next(request.args.get("next")))
        return login.start_session(response, secret, is_remembered=form.remember.data)
    return _page(form), form.status_code


def _page(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form, offers_sign_up=offers_sign_up())


@blueprint.post("/logout")
def destroy() -> Response:
    """End this session on the server."""
    signed_in = current_session()
    if signed_in:
        with database().writing() as session:
            operations.end_session(
                session, signed_in.id, by=current_person(), at=clock.now(), is_sign_out=True
            )
            session.commit()
    return login.clear_session(redirect_after_post("/"))
