"""Signing in and out, the list of one's own sessions, and ending one, the others, or all."""

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.accounts import sign_ins as operations
from roadmap.operations.accounts.login_attempts import forget_failed_attempts
from roadmap.queries.accounts.sessions import sign_ins_of
from roadmap.web import login
from roadmap.web.accounts.authentication import authenticate, password_hasher
from roadmap.web.accounts.forms import SessionsForm, SignInForm
from roadmap.web.accounts.registrations import offers_sign_up
from roadmap.web.forms.fields import typed_number
from roadmap.web.redirects import redirect_to, safe_next
from roadmap.web.requests import (
    current_person,
    current_session,
    database,
    own_session_id,
    person_or_none,
    redirect_after_post,
)

blueprint = Blueprint("sign_ins", __name__)
own_sessions = Blueprint("own_sessions", __name__)
# The first that is found: most browsers also name those they descend from.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "a Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


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
    return login.clear_session(redirect_to("home.index"))


@own_sessions.get("/settings/sessions")
def index() -> str:
    """All open sessions, the last used first."""
    with database().reading() as session:
        rows = sign_ins_of(session, current_person(), at=clock.now())
    return render_template("accounts/sessions.html", rows=rows, this=own_session_id())


@own_sessions.post("/settings/sessions", endpoint="destroy")
def end() -> ResponseReturnValue:
    """End those that `which` names: a number from the list, `others` or `all`."""
    which, person, this = SessionsForm().which.data or "", current_person(), own_session_id()
    with database().writing() as session:
        if which in {"others", "all"}:
            but = this if which == "others" else None
            operations.end_sessions(session, person, by=person, at=clock.now(), but=but)
        else:
            operations.end_session(session, typed_number(which) or 0, by=person, at=clock.now())
        session.commit()
    if which in {"all", str(this)}:
        return login.clear_session(redirect_to("home.index"))
    return redirect_to("own_sessions.index", "Signed out there.")


@own_sessions.app_template_filter("browser")
def name_browser(agent: str) -> str:
    """`Firefox on Windows`, from the User-Agent of a request; an unknown one as it is, cut short."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in agent), None)
    if browser is None:
        return agent[:40] or "Unknown browser"
    system = next((name for sign, name in _SYSTEMS.items() if sign in agent), None)
    return f"{browser} on {system}" if system else browser
