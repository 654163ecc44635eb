"""The progress report: its page, its files, and reports that were frozen."""

from datetime import date

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import refuse
from roadmap.domain.reports import ProgressReport
from roadmap.exports.report_formats import FORMATS
from roadmap.queries.enrollments import find_enrollment
from roadmap.queries.reports import ReportQuestion, find_report
from roadmap.web.requests import current_person, database

blueprint = Blueprint("reports", __name__)


@blueprint.get("/enrollments/<public_id>/report")
def show(public_id: str) -> str:
    """The page; `as_of` and `since` choose the days."""
    with database().reading() as session:
        enrollment = find_enrollment(session, public_id, seen_by=current_person(), at=clock.now())
        report = find_report(session, public_id, asked(), seen_by=current_person(), at=clock.now())
    return render_template(
        "reports/show.html",
        report=report,
        enrollment=enrollment,
        current_enrollment=enrollment,
        here="report",
    )


@blueprint.get("/enrollments/<public_id>/report.<extension>")
def download(public_id: str, extension: str) -> ResponseReturnValue:
    """The same as a file."""
    if extension not in FORMATS and extension != "html":
        abort(404)
    with database().reading() as session:
        report = find_report(session, public_id, asked(), seen_by=current_person(), at=clock.now())
    return as_file(report, extension)


def as_file(report: ProgressReport, extension: str) -> ResponseReturnValue:
    """The report in a format; the name comes from the slug and the day, never from what was typed."""
    if extension == "html":
        return render_template("reports/printed.html", report=report)
    made = FORMATS[extension]
    response = Response(made.make(report), mimetype=made.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{report.file_name}.{extension}"'
    return response


def asked() -> ReportQuestion:
    """The question of the address: `as_of` and `since` as year-month-day."""
    return ReportQuestion(as_of=_day("as_of"), since=_day("since"))


def _day(name: str) -> date | None:
    text = request.args.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise refuse(**{name: "Write the day as year-month-day, like 2026-03-31."}) from None


def report_url(public_id: str) -> str:
    """The page of a report."""
    return url_for("reports.show", public_id=public_id)
