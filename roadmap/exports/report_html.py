"""A progress report as one HTML file: the page, with everything inside."""

from roadmap.domain.progress_charts import chart_of
from roadmap.domain.reports import COMPUTATION, ProgressReport
from roadmap.exports.file_pages import render_file


def write_html(report: ProgressReport) -> bytes:
    """UTF-8, no script, no request; it prints on A4 and Letter."""
    return render_file("files/report.html", report=report, computation=COMPUTATION, chart=chart_of(report))
