"""The formats of a report: what each is called, and who writes it; writers are imported when asked."""

from dataclasses import dataclass
from importlib import import_module
from typing import Generic, TypeVar

from roadmap.domain.calendars import Calendar
from roadmap.domain.reports import ProgressReport

Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class Format(Generic[Source]):
    """One format: its media type, the ending of its files, and its writer as module and function."""

    mimetype: str
    extension: str
    module: str
    function: str

    def make(self, source: Source) -> bytes:
        """The file's bytes."""
        content: bytes = getattr(import_module(f"roadmap.exports.{self.module}"), self.function)(source)
        return content


FORMATS: dict[str, Format[ProgressReport]] = {
    "pdf": Format("application/pdf", "pdf", "report_pdf", "write_pdf"),
    "csv": Format("text/csv; charset=utf-8", "csv", "report_csv", "write_csv"),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        "report_xlsx",
        "write_xlsx",
    ),
    "json": Format("application/json", "json", "report_json", "write_json"),
    "html": Format("text/html; charset=utf-8", "html", "report_html", "write_html"),
    "md": Format("text/markdown; charset=utf-8", "md", "report_markdown", "write_markdown"),
}
CALENDAR: Format[Calendar] = Format("text/calendar; charset=utf-8", "ics", "report_ics", "write_ics")


def file_of(report: ProgressReport, name: str) -> bytes:
    """The report in this format."""
    return FORMATS[name].make(report)
