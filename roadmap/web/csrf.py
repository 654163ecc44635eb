"""The check of the CSRF token in every form, by Flask-WTF, which need not find the same token good twice."""

from functools import lru_cache

from flask import current_app, g, request, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import same_origin, validate_csrf
from wtforms import ValidationError

KEPT_TOKENS = 1_024


def check_csrf(csrf: CSRFProtect) -> None:
    """Go on, or raise CSRFError; all that is not plainly good is left to Flask-WTF."""
    if request.method == "POST" and _is_good(request.form.get("csrf_token")) and _is_from_here():
        g.csrf_valid = True
    else:
        csrf.protect()


def _is_from_here() -> bool:
    """Under https the form must stand on a page of ours."""
    return not request.is_secure or same_origin(request.referrer or "", f"https://{request.host}/")


def _is_good(token: str | None) -> bool:
    try:
        _validate(current_app.secret_key, session.get("csrf_token"), token)
    except ValidationError:
        return False
    return True


@lru_cache(KEPT_TOKENS)
def _validate(_key: object, _of_session: object, token: str | None) -> None:
    """What makes a token good is these three and no clock; only good ones are kept, for others raise."""
    validate_csrf(token)
