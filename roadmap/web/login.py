"""Who is signed in: the cookie with the session's secret, its row, and Flask-Login between them."""

import logging
from contextlib import suppress
from datetime import datetime

from flask import Flask, Request, Response, g, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.config import Config
from roadmap.db.errors import DatabaseUnavailable
from roadmap.domain.accounts.sessions import MAX_SESSION, SEEN_EVERY
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.operations.accounts import sign_ins as operations
from roadmap.queries.accounts import sessions as queries
from roadmap.web.requests import SignedIn, config, current_session, database, person_or_none
from roadmap.web.security_headers import cookie_name, set_cookie

COOKIE = "roadmap_session"
STATE_COOKIE = "roadmap_state"
log = logging.getLogger(__name__)


class StateCookie(SecureCookieSessionInterface):
    """Flask's own signed cookie, left alone where an answer is cached for everybody."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie, except on what shared caches may hold: that does not vary with one."""
        if "public" not in response.headers.get("Cache-Control", ""):
            super().save_session(app, session, response)


def _load(request: Request) -> SignedIn | None:
    secret = request.cookies.get(cookie_name(COOKIE, config()))
    if not secret or g.get("has_looked_up_session"):
        return None
    # Looked up once: when the database is gone, the page that says so must not try again.
    g.has_looked_up_session = True
    moment = clock.now()
    with database().reading() as reading:
        row = queries.find_session(reading, secret, at=moment)
    if row is None:
        return None
    person, session_id, last_seen_at = row
    if moment - last_seen_at >= SEEN_EVERY:
        _mark_seen(session_id, moment)
    signed_in = SignedIn(session_id, person)
    g.signed_in = signed_in
    return signed_in


def _mark_seen(session_id: int, moment: datetime) -> None:
    """Note that the session is in use; a read never fails because this could not be written."""
    try:
        with database().writing(waits=False) as writing:
            operations.mark_seen(writing, session_id, at=moment)
            writing.commit()
    except DatabaseUnavailable:
        log.info("last seen not written: the database is busy")


def end_earlier_session(writing: Session) -> None:
    """End the session this browser has at present, no matter whose it is: it is about to get another one."""
    signed_in = current_session()
    if signed_in is None:
        return
    with suppress(NotFound):
        operations.end_session(writing, signed_in.id, by=signed_in.person, at=clock.now(), is_sign_out=True)


def start_session(response: Response, secret: str, *, is_remembered: bool) -> Response:
    """Give the browser its new session, and drop the CSRF token it had as somebody else."""
    session.clear()
    # The row ends it earlier; a browser only has to keep it as long as the longest session.
    set_cookie(
        response, cookie_name(COOKIE, config()), secret, lifetime=MAX_SESSION if is_remembered else None
    )
    return response


def clear_session(response: Response) -> Response:
    """Delete the session's cookie and what Flask stored for it."""
    session.clear()
    response.delete_cookie(
        cookie_name(COOKIE, config()), secure=config().is_secure, httponly=True, samesite="Lax"
    )
    return response


def init_login(app: Flask, settings: Config) -> None:
    """Have Flask-Login read our cookie, and name Flask's own for CSRF token and messages."""
    app.config.update(
        SESSION_COOKIE_NAME=cookie_name(STATE_COOKIE, settings),
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # Also how long a signature counts: a CSRF token lives as long as the longest session.
        PERMANENT_SESSION_LIFETIME=MAX_SESSION,
        # Flask-Login's own cookie survives signing out and answers 500 to odd bytes: no cookie has this name.
        REMEMBER_COOKIE_NAME=";",
        SESSION_PROTECTION=None,
    )
    app.session_interface = StateCookie()
    manager = LoginManager()
    manager.request_loader(_load)
    manager.init_app(app, add_context_processor=False)
    app.context_processor(_person_for_templates)


def _person_for_templates() -> dict[str, User | None]:
    try:
        return {"person": person_or_none()}
    except DatabaseUnavailable:
        # The page that says so is for visitors then.
        return {"person": None}
