"""A progress report as canonical JSON: the same report is the same bytes, so they can be hashed."""

from roadmap.domain.canonical_json import canonical_json
from roadmap.domain.issued_reports import Seal
from roadmap.domain.reports import ProgressReport
from roadmap.exports.report_values import report_values


def write_json(report: ProgressReport, seal: Seal | None = None) -> bytes:
    """The canonical JSON; a seal names what is known before the hash, so nothing goes round in a circle."""
    return canonical_json(report_values(report, seal))
