"""What monitoring asks for: whether the process runs, whether it can serve pages, and metrics."""

from hmac import compare_digest
from importlib.metadata import version

from flask import Blueprint, Response, abort, request

from roadmap import clock
from roadmap.db.migrations import Schema, head, schema_of
from roadmap.queries.pages.installation_counts import InstallationCounts, count_installation
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
    with database().reading() as session:
        counts = count_installation(session, at=clock.now())
    return Response(_write_metrics(counts), content_type=TEXT_FORMAT)


def _has_token() -> bool:
    token, sent = config().metrics_token, request.headers.get("Authorization", "")
    return bool(token) and compare_digest(sent.encode(), f"Bearer {token}".encode())


def _write_metrics(counts: InstallationCounts) -> bytes:
    """The metrics in Prometheus's text format; needs the extra `metrics`."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry = CollectorRegistry()
    enrollments = Gauge("roadmap_enrollments", "Enrollments by state", ["state"], registry=registry)
    gauges = (
        ("people", "Accounts", counts.people),
        (
            "enrollments_active",
            "Enrollments with something recorded in the last seven days",
            counts.active_enrollments,
        ),
        ("submissions_waiting", "Submissions waiting for a mentor", counts.submissions_waiting),
        ("submissions_oldest_seconds", "Waiting time of the oldest submission", counts.oldest_submission),
        ("mails_waiting", "Mails that are due and not sent", counts.mails_waiting),
        ("mails_oldest_seconds", "Age of the oldest of them", counts.oldest_mail),
    )
    for name, meaning, value in gauges:
        Gauge(f"roadmap_{name}", meaning, registry=registry).set(value)
    for state, number in counts.enrollments.items():
        enrollments.labels(state).set(number)
    names = ["version", "schema"]
    build = Gauge("roadmap_build", "Always 1; names software and schema", names, registry=registry)
    build.labels(version("roadmap-tracker"), head()).set(1)
    return generate_latest(registry)
