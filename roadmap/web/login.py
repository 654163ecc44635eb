"""Who is signed in: the cookie with the session's secret, its row, and Flask-Login between them."""

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import blake2b

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager
from itsdangerous import BadSignature, URLSafeSerializer
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


# Which accounts were signed in in this browser during the last day is in a signed cookie of its own. Only the
# audit log says so: a mentor who accepts where the learner was just signed in may be the learner. The cookie
# has keyed hashes instead of names, so that the next person at a shared computer learns nothing.
RECENT_COOKIE = "roadmap_accounts"
REMEMBERED_FOR = timedelta(days=1)
RENEWED_AFTER = timedelta(minutes=10)
MAX_ACCOUNTS = 8


def was_used_by(person: User) -> bool:
    """Whether this person was signed in in this browser during the last day."""
    return _account_digest(person) in _recent_accounts(clock.now())


def init_recent_accounts(app: Flask) -> None:
    """Note who is signed in with every form they post."""
    app.after_request(_note_account)


def _note_account(response: Response) -> Response:
    # Asked of what this request has loaded: an answer that the database is gone must not ask it again.
    signed_in: SignedIn | None = g.get("signed_in")
    if request.method != "POST" or signed_in is None:
        return response
    at, digest = clock.now(), _account_digest(signed_in.person)
    seen = _recent_accounts(at)
    if seen.get(digest, 0) + RENEWED_AFTER.total_seconds() < at.timestamp():
        others = [(name, moment) for name, moment in seen.items() if name != digest]
        latest = dict([(digest, int(at.timestamp())), *others][:MAX_ACCOUNTS])
        value = _recent_serializer().dumps(latest)
        set_cookie(response, cookie_name(RECENT_COOKIE, config()), value, lifetime=REMEMBERED_FOR)
    return response


def _recent_accounts(at: datetime) -> dict[str, int]:
    """When each account was last seen here, in seconds, by its digest; nothing from before a day ago."""
    try:
        seen = _recent_serializer().loads(request.cookies.get(cookie_name(RECENT_COOKIE, config()), ""))
    except BadSignature:
        return {}
    earliest = (at - REMEMBERED_FOR).timestamp()
    return {name: moment for name, moment in seen.items() if moment >= earliest}


def _account_digest(person: User) -> str:
    key = config().secret_key.encode()[:64]
    return blake2b(person.public_id.encode(), key=key, digest_size=12).hexdigest()


def _recent_serializer() -> URLSafeSerializer:
    return URLSafeSerializer(config().secret_key, salt="recent accounts")
