"""Which accounts were signed in in this browser during the last day, in a signed cookie of their own.

Only the audit log says so: a mentor who accepts where the learner was just signed in may be the learner. The
cookie has keyed hashes instead of names, so that the next person at a shared computer learns nothing.
"""

from datetime import datetime, timedelta
from hashlib import blake2b

from flask import Flask, Response, g, request
from itsdangerous import BadSignature, URLSafeSerializer

from roadmap import clock
from roadmap.domain.accounts.users import User
from roadmap.web.requests import SignedIn, config
from roadmap.web.security_headers import cookie_name, set_cookie

COOKIE = "roadmap_accounts"
REMEMBERED_FOR = timedelta(days=1)
RENEWED_AFTER = timedelta(minutes=10)
MAX_ACCOUNTS = 8


def was_used_by(person: User) -> bool:
    """Whether this person was signed in in this browser during the last day."""
    return _digest(person) in _seen(clock.now())


def init_recent_accounts(app: Flask) -> None:
    """Note who is signed in with every form they post."""
    app.after_request(_note_account)


def _note_account(response: Response) -> Response:
    # Asked of what this request has loaded: an answer that the database is gone must not ask it again.
    signed_in: SignedIn | None = g.get("signed_in")
    if request.method != "POST" or signed_in is None:
        return response
    at, digest = clock.now(), _digest(signed_in.person)
    seen = _seen(at)
    if seen.get(digest, 0) + RENEWED_AFTER.total_seconds() < at.timestamp():
        others = [(name, moment) for name, moment in seen.items() if name != digest]
        latest = dict([(digest, int(at.timestamp())), *others][:MAX_ACCOUNTS])
        value = _serializer().dumps(latest)
        set_cookie(response, cookie_name(COOKIE, config()), value, lifetime=REMEMBERED_FOR)
    return response


def _seen(at: datetime) -> dict[str, int]:
    """When each account was last seen here, in seconds, by its digest; nothing from before a day ago."""
    try:
        seen = _serializer().loads(request.cookies.get(cookie_name(COOKIE, config()), ""))
    except BadSignature:
        return {}
    earliest = (at - REMEMBERED_FOR).timestamp()
    return {name: moment for name, moment in seen.items() if moment >= earliest}


def _digest(person: User) -> str:
    key = config().secret_key.encode()[:64]
    return blake2b(person.public_id.encode(), key=key, digest_size=12).hexdigest()


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(config().secret_key, salt="recent accounts")
