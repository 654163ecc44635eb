"""The progress report: its page, and the same as files."""

from contextlib import nullcontext
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.domain.charts.progress import chart_of
from roadmap.domain.reports.file_names import attachment
from roadmap.domain.reports.reports import ProgressReport
from roadmap.domain.reports.rows import Listed
from roadmap.domain.reports.selections import select_milestones
from roadmap.exports.report_formats import CALENDAR, FORMATS, write_report
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.maps import find_report_map
from roadmap.queries.reports.feeds import find_calendar_file
from roadmap.queries.reports.reports import find_report
from roadmap.web.problems import wants_json
from roadmap.web.reports.forms import FreezeForm, ReportForm
from roadmap.web.requests import config, current_person, database
from roadmap.web.roadmaps.maps import OWN, render_map

blueprint = Blueprint("reports", __name__)


@blueprint.get("/enrollments/<public_id>/report")
def show(public_id: str) -> ResponseReturnValue:
    """The page; `as_of` and `since` choose the days, and of days that do not fit it says why.

    `only` chooses the milestones that are listed; `view=map` shows the map as of the day instead.
    """
    form = ReportForm()
    with form.shows_refusals():
        form.check()
        return _map_page(public_id, form) if request.args.get("view") == "map" else _page(public_id, form)
    return _page(public_id, form), form.status_code


def _page(public_id: str, form: ReportForm) -> str:
    """The page of the days in the form; of today where it was refused."""
    asked = ReportForm(reads_request=False) if form.was_refused else form
    only = asked.only.data or Listed.DONE
    with database().reading() as session:
        enrollment, report = _find(session, public_id, asked)
    since = report.change.since if report.change else None
    shown = form if form.was_refused else ReportForm(reads_request=False, as_of=report.as_of, since=since)
    return render_template(
        "reports/show.html",
        form=shown,
        freeze_form=FreezeForm(reads_request=False, as_of=report.as_of, only=only),
        enrollment=enrollment,
        **body_of(report, only),
    )


def _map_page(public_id: str, form: ReportForm) -> str:
    with database().reading() as session:
        enrollment, report = _find(session, public_id, form)
        map_view = find_report_map(session, enrollment, report)
    map_html = render_map(map_view, OWN, public_id)
    return render_template(
        "reports/map.html", report=report, layout=map_view.layout, map_html=map_html, enrollment=enrollment
    )


def _find(session: Session, public_id: str, form: ReportForm) -> tuple[EnrollmentView, ProgressReport]:
    person, at = current_person(), clock.now()
    enrollment = find_enrollment(session, public_id, seen_by=person, at=at)
    question = form.query(config().installation)
    return enrollment, find_report(session, public_id, question, seen_by=person, at=at)


@blueprint.get("/enrollments/<public_id>/report.<extension>")
def download(public_id: str, extension: str) -> ResponseReturnValue:
    """The same as a file; for days that do not fit, people get the page, which says why beside the field."""
    if extension not in {*FORMATS, CALENDAR.extension}:
        abort(404)
    form = ReportForm()
    with nullcontext() if wants_json() else form.shows_refusals():
        form.check()
        if extension == CALENDAR.extension:
            return _calendar(public_id, form)
        question = form.query(config().installation)
        with database().reading() as session:
            report = find_report(session, public_id, question, seen_by=current_person(), at=clock.now())
        return as_file(report, extension, form.only.data)
    return _page(public_id, form), form.status_code


def _calendar(public_id: str, form: ReportForm) -> Response:
    """What lies ahead of the day, as a file to add to a calendar; the other choices mean nothing for it."""
    with database().reading() as session:
        calendar, name = find_calendar_file(
            session, public_id, as_of=form.as_of.data, seen_by=current_person(), at=clock.now()
        )
    response = Response(CALENDAR.make(calendar), content_type=CALENDAR.mimetype)
    response.headers["Content-Disposition"] = attachment(f"{name}.{CALENDAR.extension}")
    return response


def body_of(report: ProgressReport, only: Listed | None) -> dict[str, Any]:
    """What `reports/_body.html` shows, on its learner's page and on a shared one."""
    return {"report": select_milestones(report, only or Listed.DONE), "chart": chart_of(report)}


def as_file(report: ProgressReport, extension: str, only: Listed | None) -> Response:
    """A report in one of the formats; its name is the person, the slug and the day."""
    content = write_report(report, extension, only)
    response = Response(content, content_type=FORMATS[extension].mimetype)
    response.headers["Content-Disposition"] = attachment(f"{report.file_name}.{extension}")
    return response
