"""Freeze a report, the list of frozen ones, their page and their files, and the end of one."""

from datetime import datetime

from flask import Blueprint, Response, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.reports.file_names import attachment
from roadmap.domain.reports.issued import write_identifier
from roadmap.domain.reports.reports import ReportDraft
from roadmap.domain.reports.rows import Listed
from roadmap.exports.pdf.qr_codes import draw_qr_code
from roadmap.exports.report_formats import FORMATS, freeze_report
from roadmap.exports.report_json import read_issued_json
from roadmap.operations.reports.issued import disclose_report, issue_report, withdraw_report
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.reports.issued import draft_report, find_issued_file, find_issued_page
from roadmap.web.forms.once import only_once
from roadmap.web.rendering.template_filters import as_markup
from roadmap.web.reports.forms import DisclosureForm, FreezeForm, ListedForm
from roadmap.web.reports.reports import body_of
from roadmap.web.requests import config, current_person, database, redirect_after_post

blueprint = Blueprint("issued_reports", __name__)
STORED_FORMATS = ("pdf", "json")


@blueprint.get("/enrollments/<public_id>/reports")
def index(public_id: str) -> str:
    """Every frozen report of this roadmap, and the form that freezes one more."""
    return _page(public_id)


@blueprint.post("/enrollments/<public_id>/reports")
def create(public_id: str) -> ResponseReturnValue:
    """Freeze the report of a day; its files are made between two short transactions."""
    at, form = clock.now(), FreezeForm()
    with form.shows_refusals():
        form.check()
        draft = _draft(public_id, form, at)
        files = freeze_report(draft.report, draft.seal, draft.only)
        with database().writing() as session:
            only_once(session)
            issued = issue_report(session, public_id, draft, files, by=current_person(), at=at)
            session.commit()
        flash(f"Frozen as {issued.identifier}. Share its PDF or JSON.", "message")
        return redirect_after_post(url_for("issued_reports.index", public_id=public_id))
    return _page(public_id, form), form.status_code


@blueprint.get("/reports/<identifier>")
def show(identifier: str) -> str:
    """The page of a frozen report, which prints with its code and its QR code."""
    with database().reading() as session:
        file = find_issued_file(session, identifier, "json", seen_by=current_person())
        enrollment = find_enrollment(session, file.enrollment, seen_by=current_person(), at=clock.now())
    report, seal = read_issued_json(file.content)
    return render_template(
        "reports/issued/frozen.html",
        seal=seal,
        file=file,
        qr=as_markup(draw_qr_code(seal.verify_at)),
        enrollment=enrollment,
        **body_of(report, ListedForm.asked()),
    )


@blueprint.get("/reports/<identifier>.<extension>")
def download(identifier: str, extension: str) -> Response:
    """The stored bytes again."""
    if extension not in STORED_FORMATS:
        abort(404)
    with database().reading() as session:
        file = find_issued_file(session, identifier, extension, seen_by=current_person())
    response = Response(file.content, content_type=FORMATS[extension].mimetype)
    response.headers["Content-Disposition"] = attachment(f"{file.name}.{extension}")
    return response


@blueprint.post("/reports/<identifier>/disclosure")
def disclose(identifier: str) -> ResponseReturnValue:
    """Let the identifier alone show name, roadmap and both numbers, or not any more."""
    form = DisclosureForm()
    form.check()
    with database().writing() as session:
        issued = disclose_report(
            session, identifier, is_disclosed=form.disclose.data, by=current_person(), at=clock.now()
        )
        public_id, code = issued.enrollment.public_id, issued.code
        session.commit()
    shown = "your name, the roadmap, both numbers and the dates" if form.disclose.data else "only the dates"
    flash(f"The identifier {write_identifier(code)} now shows {shown}.", "message")
    return redirect_after_post(url_for("issued_reports.index", public_id=public_id))


@blueprint.post("/reports/<identifier>/withdrawal")
def destroy(identifier: str) -> ResponseReturnValue:
    """Say that it no longer holds."""
    with database().writing() as session:
        issued = withdraw_report(session, identifier, by=current_person(), at=clock.now())
        public_id = issued.enrollment.public_id
        session.commit()
    flash("Withdrawn. Anyone who checks it will see that.", "message")
    return redirect_after_post(url_for("issued_reports.index", public_id=public_id))


def _draft(public_id: str, form: FreezeForm, at: datetime) -> ReportDraft:
    with database().reading() as session:
        return draft_report(
            session,
            public_id,
            form.query(config().installation),
            seen_by=current_person(),
            at=at,
            base_url=config().base_url,
            is_disclosed=form.disclose.data,
            only=form.only.data,
        )


def _page(public_id: str, refused: FreezeForm | None = None) -> str:
    with database().reading() as session:
        page = find_issued_page(session, public_id, seen_by=current_person(), at=clock.now())
    form = refused or FreezeForm(reads_post=False, as_of=page.enrollment.day_on_record, only=Listed.DONE)
    return render_template(
        "reports/issued/index.html",
        page=page,
        base_url=config().base_url,
        enrollment=page.enrollment,
        form=form,
    )
