"""What a view asks of its request: the database, the person, and how the answer should look."""

from typing import TYPE_CHECKING, cast

from flask import Response, current_app, g, redirect, request
from flask_login import UserMixin, current_user

from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden

if TYPE_CHECKING:
    from roadmap.web.login import SignedIn


def database() -> Database:
    """The database of this application."""
    found: Database = current_app.extensions["database"]
    return found


def config() -> Config:
    """The settings of this application."""
    found: Config = current_app.extensions["config"]
    return found


def current_session() -> "SignedIn | None":
    """The session of this request with its person, or None for a visitor."""
    found: SignedIn | None = g.get("signed_in")
    if found is None and cast("UserMixin", current_user).is_authenticated:
        found = g.signed_in
    return found


def person_or_none() -> User | None:
    """Who is signed in; detached, so read it and pass it on as `by=` or `seen_by=`, never change it."""
    found = current_session()
    return found.person if found else None


def current_person() -> User:
    """Who is signed in, on pages that the access table keeps from visitors."""
    person = person_or_none()
    if person is None:
        raise Forbidden("Sign in first.")
    return person


def own_session_id() -> int:
    """The number of the session of this request."""
    found = current_session()
    if found is None:
        raise Forbidden("Sign in first.")
    return found.id


def wants_fragment() -> bool:
    """Whether a script asked for the changed parts instead of a whole page."""
    return request.headers.get("X-Fragment") == "1"


def redirect_after_post(url: str) -> Response:
    """303: the result is on this page."""
    return cast("Response", redirect(url, 303))  # werkzeug's type is wider than Flask's
