"""Headers and cookies: what a browser may load, store, embed and send to other sites."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, g, request

from roadmap.config import Config
from roadmap.web.requests import config

POLICY = "; ".join([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types roadmap",
])  # fmt: skip

_ALWAYS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")


def _cache_rule() -> str:
    """No cache stores the pages of a signed-in person, nor those opened by a secret link."""
    is_private = "signed_in" in g or "token" in (request.view_args or {})
    return "no-store" if is_private else "no-cache, private"


def _header_setter(*, is_secure: bool) -> Callable[[Response], Response]:
    headers = (*_ALWAYS, _STRICT_TRANSPORT) if is_secure else _ALWAYS

    def set_headers(response: Response) -> Response:
        # A view may have set its own; looked up once, because this runs on every request.
        present = {name.lower() for name, _ in response.headers}
        for name, value in headers:
            if name.lower() not in present:
                response.headers.add(name, value)
        if "cache-control" not in present:
            response.headers.add("Cache-Control", _cache_rule())
        return response

    return set_headers


def init_security_headers(app: Flask, *, is_secure: bool) -> None:
    """Set the headers on every response, error pages included; `is_secure` adds HSTS."""
    app.after_request(_header_setter(is_secure=is_secure))


def cookie_name(name: str, settings: Config) -> str:
    """The name of a cookie; under https it has the prefix that ties it to this very host."""
    return f"__Host-{name}" if settings.is_secure else name


def set_cookie(response: Response, name: str, value: str, *, lifetime: timedelta | None) -> None:
    """Set a cookie that no script and no other site can read; with None it ends with the browser."""
    response.set_cookie(
        name, value, max_age=lifetime, secure=config().is_secure, httponly=True, samesite="Lax"
    )


def add_noindex(response: Response) -> Response:
    """Keep search engines out; for `after_request` of blueprints whose paths hold a secret."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
