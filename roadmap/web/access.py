"""The gate before every view: each (method, endpoint) says who may use it, or nobody may."""

from collections.abc import Mapping
from enum import Enum

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect

from roadmap.domain.errors import Forbidden, ForbiddenReason
from roadmap.web.limits.input_limits import reject_foreign_host, reject_malformed_input
from roadmap.web.limits.rate_limits import RateLimits, client_network
from roadmap.web.redirects import ForeignOrigin, is_own_page, sign_in_url
from roadmap.web.requests import person_or_none


class Access(Enum):
    """Who may use a route; for what hangs on an object, the scoped lookup then decides."""

    VISITOR = "anyone, signed in or not"
    LINK = "anyone with the secret in the address"
    SIGNED_IN = "anyone with an account, for their own data"
    LEARNER = "the learner whose roadmap is in the address"
    READER = "that learner, and their current mentors on this roadmap"
    REVIEWER = "the learner's current mentors on this roadmap, never the learner"
    ISSUER = "the learner whose report is in the address, and the mentor who issued it, while they mentor"
    MENTOR = "the mentor of the mentorship in the address, while it lasts"
    SIDE = "either side of the mentorship in the address, or an administrator"
    MAKER = "the person who created the invitation or the link in the address"
    REVOKER = "the person who created the link in the address, or an administrator"
    WRITER = "the author of the message in the address, while they can read it"
    INVITED = "the person invited, who also holds the secret in the address"
    AUTHOR = "the author of the roadmap in the address, and administrators"
    ADMIN = "administrators"
    METRICS = "programs that send the configured token, for the whole installation"


Table = Mapping[tuple[str, str], Access]
OPEN = frozenset({Access.VISITOR, Access.LINK, Access.METRICS})


class AccessProblem(Exception):
    """The access table and the routes differ; the application must not start."""


def check_table(app: Flask, table: Table) -> None:
    """Raise AccessProblem unless the table names every route, and no other."""
    routes = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    if missing := sorted(routes - table.keys()):
        raise AccessProblem(f"the access table lacks {missing}")
    if absent := sorted(table.keys() - routes):
        raise AccessProblem(f"the access table names routes that do not exist: {absent}")


def _access_of(app: Flask, table: Table) -> dict[tuple[str, str], Access]:
    """The table with what Flask adds by itself: HEAD is a GET, OPTIONS only names methods."""
    heads = {("HEAD", endpoint): access for (method, endpoint), access in table.items() if method == "GET"}
    options = {("OPTIONS", rule.endpoint): Access.VISITOR for rule in app.url_map.iter_rules()}
    return {**options, **heads, **table}


def _check_origin() -> None:
    """Under https, raise ForeignOrigin for a form that is not on a page of this site."""
    if request.method == "POST" and request.is_secure:
        page = request.referrer or request.headers.get("Origin", "")
        if not is_own_page(page):
            raise ForeignOrigin


def init_access(app: Flask, table: Table, limits: RateLimits) -> None:
    """Check the table and put the gate before every view; call it after all blueprints."""
    check_table(app, table)
    csrf = CSRFProtect()
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_SSL_STRICT=False)
    csrf.init_app(app)
    known = _access_of(app, table)
    app.extensions["rate_limits"] = limits

    @app.before_request
    def gate() -> ResponseReturnValue | None:
        reject_foreign_host()
        reject_malformed_input()
        if request.endpoint is None:
            return None  # no such page, or not with this method: Flask says so next
        access = known[request.method, request.endpoint]
        if access not in OPEN:
            person = person_or_none()
            if person is None:
                return redirect(sign_in_url())
            if access is Access.ADMIN and not person.is_admin:
                raise Forbidden("This page is for administrators.", ForbiddenReason.ADMINISTRATORS)
        csrf.protect()
        _check_origin()
        limits_now: RateLimits = app.extensions["rate_limits"]
        limits_now.hit(request.endpoint, client_network())
        return None
