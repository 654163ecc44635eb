"""HTML files that need nothing else: the templates and style sheets of the site in one file."""

from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from roadmap import paths
from roadmap.domain.charts.progress import chart_of
from roadmap.domain.reports.reports import ProgressReport
from roadmap.exports.formatting import hours, percent, percent_of, plural, write_day
from roadmap.exports.languages import text_attributes

SHEETS = (
    *("00-reset", "10-tokens", "20-base", "30-layout", "40-marks", "41-numbers"),
    *("43-feedback", "50-pages", "53-charts", "54-reports", "60-print"),
)
_TIME = Markup('<time datetime="%s">%s</time>')


def write_html(report: ProgressReport) -> bytes:
    """Return the page of a report as one file: no script, no request; it prints on A4 and Letter."""
    return render_file("files/report.html", report=report, chart=chart_of(report))


def render_file(template: str, **context: Any) -> bytes:
    """Return the rendered template in UTF-8, with its style sheets inside."""
    page = _environment().get_template(template).render(style=_style(), **context)
    return f"{page}\n".encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(paths.TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=50,
    )
    environment.filters.update(day=day, percent=percent, percent_of=percent_of, plural=plural)
    environment.globals.update(hours=hours, plural=plural, in_language=text_attributes)
    return environment


@cache
def _style() -> Markup:
    """The style sheets that these pages need, in the order of their names."""
    folder = paths.STATIC / "css"
    sheets = "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)
    return Markup(sheets)  # noqa: S704 - our own files


def day(value: date | None, *, whole: bool = True) -> str:
    """Return a `<time>` with the year unless `whole` is false, and a dash for no day."""
    if value is None:
        return "–"
    return _TIME % (value.isoformat(), write_day(value, year_now=0 if whole else value.year))
