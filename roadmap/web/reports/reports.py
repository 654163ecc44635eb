"""The progress report: its page, and the same as files."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.charts.progress import chart_of
from roadmap.domain.errors import Invalid
from roadmap.domain.reports.file_names import attachment
from roadmap.domain.reports.reports import ProgressReport, ReportQuery
from roadmap.domain.reports.rows import Listed
from roadmap.domain.reports.selections import read_listed, select_milestones
from roadmap.exports.report_formats import FORMATS, write_report
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.maps import find_report_map
from roadmap.queries.reports.reports import find_report
from roadmap.web.forms import typed_day
from roadmap.web.problems import wants_json
from roadmap.web.reports.forms import FreezeForm
from roadmap.web.requests import config, current_person, database
from roadmap.web.roadmaps.maps import OWN, render_map

blueprint = Blueprint("reports", __name__)


@blueprint.get("/enrollments/<public_id>/report")
def show(public_id: str) -> ResponseReturnValue:
    """The page; `as_of` and `since` choose the days, and of days that do not fit it says why.

    `only` chooses the milestones that are listed.
    """
    try:
        return _page(public_id, _asked(), {}, asked_only())
    except Invalid as error:
        return _invalid_page(public_id, error)


def _invalid_page(public_id: str, error: Invalid) -> ResponseReturnValue:
    return _page(public_id, ReportQuery(installation=config().installation), error.errors), 422


def _page(public_id: str, question: ReportQuery, errors: dict[str, str], only: Listed | None = None) -> str:
    with database().reading() as session:
        enrollment = find_enrollment(session, public_id, seen_by=current_person(), at=clock.now())
        report = find_report(session, public_id, question, seen_by=current_person(), at=clock.now())
        stated = find_report_map(session, enrollment, report)
    return render_template(
        "reports/show.html",
        enrollment=enrollment,
        current_enrollment=enrollment if enrollment.is_own else None,
        errors=errors,
        freeze_form=FreezeForm(reads_post=False, as_of=report.as_of),
        layout=stated.layout,
        map_html=render_map(stated, OWN, public_id),
        here="report" if enrollment.is_own else "mentoring",
        **body_of(report, only),
    )


@blueprint.get("/enrollments/<public_id>/report.<extension>")
def download(public_id: str, extension: str) -> ResponseReturnValue:
    """The same as a file; for days that do not fit, people get the page, which says why beside the field."""
    if extension not in FORMATS:
        abort(404)
    try:
        only = asked_only()
        with database().reading() as session:
            report = find_report(session, public_id, _asked(), seen_by=current_person(), at=clock.now())
    except Invalid as error:
        if wants_json():
            raise
        return _invalid_page(public_id, error)
    return as_file(report, extension, only)


def body_of(report: ProgressReport, only: Listed | None) -> dict[str, Any]:
    """What `reports/_body.html` shows, on its learner's page and on a shared one."""
    return {"report": select_milestones(report, only or Listed.DONE), "chart": chart_of(report)}


def as_file(report: ProgressReport, extension: str, only: Listed | None) -> Response:
    """A report in one of the formats; its name is the person, the slug and the day."""
    content = write_report(report, extension, only)
    response = Response(content, content_type=FORMATS[extension].mimetype)
    response.headers["Content-Disposition"] = attachment(f"{report.file_name}.{extension}")
    return response


def asked_only() -> Listed | None:
    """Which milestones the address asks for, if it does; raises Invalid for any other word."""
    return read_listed(request.args.get("only", "").strip())


def _asked() -> ReportQuery:
    return ReportQuery(
        as_of=typed_day(request.args, "as_of"),
        since=typed_day(request.args, "since"),
        installation=config().installation,
    )
