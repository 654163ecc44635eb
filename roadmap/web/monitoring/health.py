"""Whether the process lives, and whether it can serve: for supervisors and load balancers."""

from flask import Blueprint, Response

from roadmap.db.migrations import Schema, schema_of
from roadmap.web.requests import database

blueprint = Blueprint("health", __name__)


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
