"""Frozen reports: made, listed, shown, ended, and checked by anyone, without an account."""

from datetime import datetime

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from roadmap import clock
from roadmap.domain.reports.file_names import attachment
from roadmap.domain.reports.issued import read_identifier, write_identifier
from roadmap.domain.reports.reports import ReportDraft
from roadmap.domain.reports.rows import Listed
from roadmap.exports.pdf.qr_codes import draw_qr_code
from roadmap.exports.report_formats import FORMATS, freeze_report
from roadmap.exports.report_json import read_issued_json
from roadmap.imports.presented_files import read_presented_file
from roadmap.operations.reports.issued import disclose_report, issue_report, withdraw_report
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.reports.issued import draft_report, find_issued_file, find_issued_page
from roadmap.queries.reports.verifications import Verdict, verify_code, verify_file
from roadmap.web.forms.posted import only_once
from roadmap.web.limits.input_limits import MAX_FILE_BYTES, TOO_LARGE_TO_VERIFY
from roadmap.web.redirects import redirect_to
from roadmap.web.rendering.template_filters import as_markup
from roadmap.web.reports.forms import CodeForm, DisclosureForm, FreezeForm, ListedForm, VerificationForm
from roadmap.web.reports.reports import body_of
from roadmap.web.requests import config, current_person, database
from roadmap.web.security_headers import add_noindex

blueprint = Blueprint("issued_reports", __name__)
verifications = Blueprint("verifications", __name__)
STORED_FORMATS = ("pdf", "json")


@blueprint.get("/enrollments/<public_id>/reports")
def index(public_id: str, refused: FreezeForm | None = None) -> str:
    """Every frozen report of this roadmap, and the form that freezes one more."""
    with database().reading() as session:
        page = find_issued_page(session, public_id, seen_by=current_person(), at=clock.now())
    form = refused or FreezeForm(reads_request=False, as_of=page.enrollment.day_on_record, only=Listed.DONE)
    return render_template(
        "reports/issued/index.html",
        page=page,
        base_url=config().base_url,
        enrollment=page.enrollment,
        form=form,
    )


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
        message = f"Frozen as {issued.identifier}. Share its PDF or JSON."
        return redirect_to("issued_reports.index", message, public_id=public_id)
    return index(public_id, form), form.status_code


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
    message = f"The identifier {write_identifier(code)} now shows {shown}."
    return redirect_to("issued_reports.index", message, public_id=public_id)


@blueprint.post("/reports/<identifier>/withdrawal")
def destroy(identifier: str) -> ResponseReturnValue:
    """Say that it no longer holds."""
    with database().writing() as session:
        issued = withdraw_report(session, identifier, by=current_person(), at=clock.now())
        public_id = issued.enrollment.public_id
        session.commit()
    message = "Withdrawn. Anyone who checks it will see that."
    return redirect_to("issued_reports.index", message, public_id=public_id)


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


NOTHING = "Enter the identifier or choose the file."


@verifications.get("/verify", endpoint="show")
def ask_for_report() -> str:
    """The form; with `id`, where a QR code leads, the answer too."""
    identifier = CodeForm().id.data
    return _verification_page(VerificationForm(id=identifier), _known(identifier) if identifier else None)


@verifications.post("/verify", endpoint="create")
def verify() -> ResponseReturnValue:
    """What is known about a file, or about an identifier."""
    form = VerificationForm()
    content = _content(form.file.data) if form.file.data else None
    if content is None:
        if form.id.data:
            return redirect_to("verifications.show", id=form.id.data)
        form.problem = NOTHING
        return _verification_page(form, None), form.status_code
    presented = read_presented_file(content)
    with database().reading() as session:
        verdict = verify_file(session, presented.hash, presented.codes, presented.values)
    return _verification_page(form, verdict, is_file=True)


@verifications.after_request
def set_no_store(response: Response) -> Response:
    """Nobody stores or lists an answer, which may have a name."""
    response.headers["Cache-Control"] = "private, no-store"
    return add_noindex(response) if request.args else response


def _content(file: FileStorage) -> bytes:
    content: bytes = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        abort(413, TOO_LARGE_TO_VERIFY)
    return content


def _known(typed: str) -> Verdict:
    with database().reading() as session:
        return verify_code(session, read_identifier(typed))


def _verification_page(form: VerificationForm, verdict: Verdict | None, *, is_file: bool = False) -> str:
    disclosed = read_issued_json(verdict.disclosed)[0] if verdict and verdict.disclosed else None
    return render_template(
        "reports/issued/verification.html", form=form, verdict=verdict, is_file=is_file, disclosed=disclosed
    )
