"""The cookies of a browser: what they are called, and that no script and no other site reads them."""

from datetime import timedelta

from flask import Response

from roadmap.config import Config
from roadmap.web.requests import config


def cookie_name(name: str, settings: Config) -> str:
    """The name under https has a prefix that ties the cookie to this very host."""
    return f"__Host-{name}" if settings.is_secure else name


def set_cookie(response: Response, name: str, value: str, *, lifetime: timedelta | None) -> None:
    """Leave a cookie in the browser, for so long or, with None, until the browser ends."""
    response.set_cookie(
        name, value, max_age=lifetime, secure=config().is_secure, httponly=True, samesite="Lax"
    )
