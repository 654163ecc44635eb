"""What watches over an installation asks: whether it lives, whether it can serve, and its metrics."""

from hmac import compare_digest

from flask import Blueprint, Response, abort, request

from roadmap import clock
from roadmap.db.migrations import Schema, schema_of
from roadmap.queries.pages.installation_counts import count_installation
from roadmap.web.requests import config, database

TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"
blueprint = Blueprint("monitoring", __name__)


@blueprint.get("/healthz")
def live() -> Response:
    """The process answers; the database is not asked."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """The database answers and has the schema of this software; else 503."""
    if schema_of(database()) is not Schema.CURRENT:
        return Response("the database has another schema\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/metrics")
def metrics() -> Response:
    """The metrics for whoever sends ROADMAP_METRICS_TOKEN as Bearer; 404 for everybody else.

    They are counted in the database at each request, so that all workers answer the same.
    """
    if not _has_token():
        abort(404)
    from roadmap.web.monitoring.prometheus import write_metrics

    with database().reading() as session:
        counts = count_installation(session, at=clock.now())
    return Response(write_metrics(counts), content_type=TEXT_FORMAT)


def _has_token() -> bool:
    token, sent = config().metrics_token, request.headers.get("Authorization", "")
    return bool(token) and compare_digest(sent.encode(), f"Bearer {token}".encode())
