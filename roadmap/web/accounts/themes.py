"""The theme, chosen by a form that works without scripts, kept in a cookie."""

from datetime import timedelta

from flask import Blueprint, Flask, Response, abort, request

from roadmap.web.redirects import current_page, safe_next
from roadmap.web.requests import redirect_after_post
from roadmap.web.security_headers import set_cookie

COOKIE = "roadmap_theme"
THEMES = ("system", "light", "dark")
blueprint = Blueprint("themes", __name__)


def chosen_theme() -> str:
    """The theme of this browser; `system` unless it chose one."""
    theme = request.cookies.get(COOKIE, "")
    return theme if theme in THEMES else "system"


@blueprint.post("/theme")
def update() -> Response:
    theme = request.form.get("theme", "")
    if theme not in THEMES:
        abort(422, "Choose light, dark, or like the system.")
    response = redirect_after_post(safe_next(request.form.get("next"), default=current_page()))
    lifetime = timedelta(days=365) if theme != "system" else timedelta()
    set_cookie(response, COOKIE, theme, lifetime=lifetime)
    return response


def init_themes(app: Flask) -> None:
    """Tell every template the theme."""
    app.context_processor(lambda: {"theme": chosen_theme()})
