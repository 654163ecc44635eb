"""The formats of a report. A writer is imported when it is first used, because its libraries are large."""

from dataclasses import dataclass, replace
from hashlib import sha256
from importlib import import_module
from typing import Generic, TypeVar

from roadmap.domain.reports.calendars import Calendar
from roadmap.domain.reports.issued import ReportFiles
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import Listed
from roadmap.domain.reports.seals import Seal
from roadmap.domain.reports.selections import select_milestones

Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class Format(Generic[Source]):
    """One format: its media type, the extension of its files, and its writer as module and function.

    `only` is which milestones it lists unless others are asked for.
    """

    mimetype: str
    extension: str
    module: str
    function: str
    only: Listed = Listed.DONE

    def make(self, source: Source) -> bytes:
        """Return the bytes of the file."""
        content: bytes = getattr(import_module(f"roadmap.exports.{self.module}"), self.function)(source)
        return content


FORMATS: dict[str, Format[ProgressReport]] = {
    "pdf": Format("application/pdf", "pdf", "pdf.report_pdf", "write_pdf"),
    "csv": Format("text/csv; charset=utf-8", "csv", "report_csv", "write_csv"),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        "report_xlsx",
        "write_xlsx",
    ),
    "json": Format("application/json", "json", "report_json", "write_json", Listed.ALL),
    "html": Format("text/html; charset=utf-8", "html", "standalone_html", "write_html"),
    "md": Format("text/markdown; charset=utf-8", "md", "report_markdown", "write_markdown"),
}
CALENDAR: Format[Calendar] = Format("text/calendar; charset=utf-8", "ics", "report_ics", "write_ics")


def write_report(report: ProgressReport, name: str, only: Listed | None = None) -> bytes:
    """Return the file of a report with the milestones that are asked for, or else those its format lists."""
    wanted = FORMATS[name]
    return wanted.make(select_milestones(report, only or wanted.only))


def freeze_report(report: ProgressReport, seal: Seal, only: Listed | None = None) -> ReportFiles:
    """Return the JSON and the PDF with the seal, and their hashes; `only` as in `write_report`.

    This takes a tenth of a second, so call it outside of transactions.
    """
    sealed = replace(report, issued=seal)
    json, pdf = write_report(sealed, "json", only), write_report(sealed, "pdf", only)
    return ReportFiles(json, sha256(json).hexdigest(), pdf, sha256(pdf).hexdigest())
