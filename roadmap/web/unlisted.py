"""Pages whose address is a secret: search engines leave them out, error pages included."""

from flask import Response


def add_noindex(response: Response) -> Response:
    """Say so; for `after_request` of blueprints whose every address holds a secret."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
