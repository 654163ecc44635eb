"""What a view takes from its request: the database, the settings, the person, their session and header."""

import re
from typing import cast

from flask import Response, current_app, g, redirect, request
from flask_login import UserMixin, current_user

from roadmap import clock
from roadmap.config import Config
from roadmap.db.database import Database
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden
from roadmap.queries.pages.header import HeaderFacts, find_header

_PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_AHEAD = re.compile("prefetch|prerender|preview", re.IGNORECASE)


class SignedIn(UserMixin):
    """A person and the session they signed in with, as Flask-Login knows them."""

    def __init__(self, session_id: int, person: User) -> None:
        self.id = session_id
        self.person = person

    def get_id(self) -> str:
        return str(self.id)


def database() -> Database:
    application_database: Database = current_app.extensions["database"]
    return application_database


def config() -> Config:
    settings: Config = current_app.extensions["config"]
    return settings


def current_session() -> SignedIn | None:
    """The session of this request with its person, or None for a visitor."""
    signed_in: SignedIn | None = g.get("signed_in")
    if signed_in is None and cast("UserMixin", current_user).is_authenticated:
        signed_in = g.signed_in
    return signed_in


def person_or_none() -> User | None:
    """Who is signed in; detached, so read it and pass it on as `by=` or `seen_by=`, never change it."""
    signed_in = current_session()
    return signed_in.person if signed_in else None


def current_person() -> User:
    """Who is signed in, on pages that the access table closes to visitors."""
    person = person_or_none()
    if person is None:
        raise Forbidden("Sign in first.")
    return person


def own_session_id() -> int:
    """The number of the session of this request."""
    signed_in = current_session()
    if signed_in is None:
        raise Forbidden("Sign in first.")
    return signed_in.id


def is_asked_ahead() -> bool:
    """Whether nobody reads the answer now: a program asks for its headers only, or loads the page ahead."""
    purposes = (request.headers.get(name, "") for name in _PURPOSES)
    return request.method == "HEAD" or any(_AHEAD.search(purpose) for purpose in purposes)


def wants_fragment() -> bool:
    """Whether a script asked for the changed parts instead of a whole page."""
    return request.headers.get("X-Fragment") == "1"


def redirect_after_post(url: str) -> Response:
    """A redirect (303) to the page that shows the result of a POST."""
    return cast("Response", redirect(url, 303))  # werkzeug's type is wider than Flask's


def header_facts() -> HeaderFacts:
    """How much waits for this person, their roadmaps and their news; nothing for a visitor."""
    person = person_or_none()
    if person is None:
        return HeaderFacts(0, ())
    if "header_facts" not in g:
        with database().reading() as session:
            g.header_facts = find_header(session, person, at=clock.now())
    facts: HeaderFacts = g.header_facts
    return facts
