"""The numbers of an installation as metrics of Prometheus; needs the extra `metrics`."""

from collections.abc import Iterator
from importlib.metadata import version

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from roadmap.db.migrations import head
from roadmap.queries.pages.installation_counts import InstallationCounts


class CountsCollector(Collector):
    """Gives metrics from counts that were just asked for."""

    def __init__(self, counts: InstallationCounts) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        """Yield each metric with its value."""
        counts = self._counts
        yield _gauge("people", "Accounts", counts.people)
        enrollments = GaugeMetricFamily("roadmap_enrollments", "Enrollments by state", labels=["state"])
        for state, number in counts.enrollments.items():
            enrollments.add_metric([state], number)
        yield enrollments
        active = "Enrollments with something recorded in the last seven days"
        yield _gauge("enrollments_active", active, counts.active_enrollments)
        yield _gauge("submissions_waiting", "Submissions waiting for a mentor", counts.submissions_waiting)
        oldest = "Waiting time of the oldest submission"
        yield _gauge("submissions_oldest_seconds", oldest, counts.oldest_submission)
        yield _gauge("mails_waiting", "Mails that are due and not sent", counts.mails_waiting)
        yield _gauge("mails_oldest_seconds", "Age of the oldest of them", counts.oldest_mail)
        build = GaugeMetricFamily(
            "roadmap_build", "Always 1; names software and schema", labels=["version", "schema"]
        )
        build.add_metric([version("roadmap-tracker"), head()], 1)
        yield build


def write_metrics(counts: InstallationCounts) -> bytes:
    """The metrics in Prometheus's text format."""
    registry = CollectorRegistry()
    registry.register(CountsCollector(counts))
    return generate_latest(registry)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"roadmap_{name}", meaning, value=value)
