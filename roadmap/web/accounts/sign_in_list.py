"""Settings: one's own sessions, and ending one, the others, or all."""

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.accounts.sign_ins import end_session, end_sessions
from roadmap.queries.accounts.sessions import sign_ins_of
from roadmap.web import login
from roadmap.web.accounts.forms import SessionsForm
from roadmap.web.forms import typed_number
from roadmap.web.requests import current_person, database, own_session_id, redirect_after_post

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
blueprint = Blueprint("own_sessions", __name__)


@blueprint.get("/settings/sessions")
def index() -> str:
    """All open sessions, the last used first."""
    with database().reading() as session:
        rows = sign_ins_of(session, current_person(), this=own_session_id(), at=clock.now())
    return render_template("accounts/sessions.html", rows=rows, here="settings")


@blueprint.post("/settings/sessions")
def destroy() -> ResponseReturnValue:
    """End those that `which` names: a number from the list, `others` or `all`."""
    which, person, this = SessionsForm().which.data or "", current_person(), own_session_id()
    with database().writing() as session:
        if which in {"others", "all"}:
            end_sessions(session, person, by=person, at=clock.now(), but=this if which == "others" else None)
        else:
            end_session(session, typed_number(which) or 0, by=person, at=clock.now())
        session.commit()
    if which in {"all", str(this)}:
        return login.clear_session(redirect_after_post("/"))
    flash("Ended.", "message")
    return redirect_after_post("/settings/sessions")


@blueprint.app_template_filter("browser")
def name_browser(agent: str) -> str:
    """`Firefox on Windows`, from the User-Agent of a request; an unknown one as it is, cut short."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in agent), None)
    if browser is None:
        return agent[:40] or "Unknown browser"
    system = next((name for sign, name in _SYSTEMS.items() if sign in agent), None)
    return f"{browser} on {system}" if system else browser
