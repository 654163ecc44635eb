"""Where a person goes after signing in or posting a form, and what that page then says."""

import re
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Response, current_app, flash, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from roadmap.web.requests import config, redirect_after_post

_PORTS = {"http": 80, "https": 443}
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_NO_PAGES = frozenset(
    {
        "assets.show",
        "feed_files.badge",
        "feed_files.calendar",
        "monitoring.live",
        "monitoring.ready",
        "shares.code",
    }
)


def _is_page(path: str) -> bool:
    """Whether GET on this path is a page of this site."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return endpoint not in _NO_PAGES


def safe_next(target: str | None, *, default: str = "/") -> str:
    """Return the target if it is the path of a GET page of this site, else the default."""
    if not target or not target.startswith("/") or target.startswith("//") or _ODD.search(target):
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    if parts.scheme or parts.netloc or not _is_page(parts.path):
        return default
    return target


class ForeignOrigin(CSRFError):
    """A form that came from a page of another site, or of which the browser does not say where it was."""


def is_own_page(url: str) -> bool:
    """Whether an address is on this site, at ROADMAP_BASE_URL or at the address that was requested.

    A proxy may hand on another Host than people use, or the same without its port.
    """
    return _origin_of(url) in {_origin_of(config().base_url), _origin_of(request.host_url)} - {None}


def _origin_of(url: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None


def _referrer_path() -> str | None:
    """The path of the page that held the form, if the browser says it was one of ours."""
    if not is_own_page(request.referrer or ""):
        return None
    parts = urlsplit(request.referrer or "")
    return parts.path + (f"?{parts.query}" if parts.query else "")


def referring_page(default: str) -> str:
    """The page of this site that held the posted form, if the browser says so; else the default."""
    return safe_next(_referrer_path(), default=default)


def with_anchor(page: str, public_id: str, skill: str | None) -> str:
    """The page with the anchor of the milestone just marked, for browsers without scripts."""
    places = {
        url_for("enrollments.show", public_id=public_id): f"#s-{skill}" if skill else "",
        url_for("today.show"): f"#next-{public_id}",
    }
    return page + places.get(page.partition("?")[0], "")


def current_page() -> str:
    """The page to return to after signing in: this one, or for a form post the page of the form."""
    if request.method in {"GET", "HEAD"}:
        return safe_next(request.full_path.removesuffix("?"))
    return referring_page(nearest_page(request.path))


def nearest_page(path: str) -> str:
    """The nearest path above that is a page: the form of a POST-only path is there; `/` without one."""
    while path and safe_next(path, default="") != path:
        path = path.rpartition("/")[0]
    return path or "/"


def page_of_form() -> str | None:
    """The page whose form is posted to this address, for whoever opens it after an error, or None."""
    page = nearest_page(request.path) if request.method in {"GET", "HEAD"} else "/"
    return page if page != "/" else None


def sign_in_url() -> str:
    """The sign-in page, leading back to the page of this request."""
    target = current_page()
    return url_for("sign_ins.new", next=target) if target != "/" else url_for("sign_ins.new")


def redirect_to(endpoint: str, message: str = "", *, change: int | None = None, **values: Any) -> Response:
    """A redirect (303) after a POST to the page of an endpoint, which shows the message in a toast.

    With a change, the toast has an Undo; `public_id` is then that of the changed enrollment.
    """
    if message:
        flash_change(message, public_id=values.get("public_id"), change=change)
    return redirect_after_post(url_for(endpoint, **values))


def flash_change(text: str, *, public_id: str | None = None, change: int | None = None) -> None:
    """Show a toast on the next page; with a change it has an Undo."""
    if change is None or public_id is None:
        flash(text, "message")
        return
    # Flask stores any JSON in the session, whatever the signature of flash() allows.
    flash(cast("str", {"text": text, "undo_url": undo_url(public_id, change)}), "toast")


def flash_link(text: str, link: str) -> None:
    """Ask the person on the next page to pass a link on, with a button that copies it."""
    flash(cast("str", {"text": text, "link": link, "base_url": config().base_url}), "notice")


def undo_url(public_id: str, change: int) -> str:
    """Where the undo of a change is posted."""
    return url_for("histories.create", public_id=public_id, event=change)
