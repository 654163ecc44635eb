"""The start page for visitors, and the help page."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from roadmap.queries.roadmaps.roadmaps import catalog_for
from roadmap.web.accounts.registrations import offers_sign_up
from roadmap.web.requests import database, person_or_none

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """What this is, with the roadmaps one can start; whoever is signed in goes to Today."""
    if person_or_none() is not None:
        return redirect(url_for("today.show"))
    with database().reading() as session:
        catalog = catalog_for(session, None)
    return render_template("roadmaps/home.html", catalog=catalog, offers_sign_up=offers_sign_up())


@blueprint.get("/help")
def show() -> str:
    """How the numbers are computed, the keys, and what is shared with whom."""
    return render_template("help/index.html", here="help")
