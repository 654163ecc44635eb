"""The files of a frozen report: its JSON and its PDF, both with the seal, and their hashes."""

from hashlib import sha256

from roadmap.domain.issued_reports import ReportFiles, Seal
from roadmap.domain.reports import ProgressReport
from roadmap.exports.report_json import write_json
from roadmap.exports.report_pdf import write_pdf


def freeze_report(report: ProgressReport, seal: Seal) -> ReportFiles:
    """Make both files; takes a tenth of a second, so call it outside of transactions."""
    json, pdf = write_json(report, seal), write_pdf(report, seal)
    return ReportFiles(json, sha256(json).hexdigest(), pdf, sha256(pdf).hexdigest())
