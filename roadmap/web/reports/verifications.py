"""Check a report by its identifier or its file: for everybody, without an account, keeping nothing."""

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from roadmap.domain.reports.issued import read_identifier
from roadmap.exports.report_json import read_issued_json
from roadmap.imports.presented_files import read_presented_file
from roadmap.queries.reports.verifications import Verdict, verify_code, verify_file
from roadmap.web.limits.input_limits import MAX_FILE_BYTES, TOO_LARGE_TO_VERIFY
from roadmap.web.reports.forms import CodeForm, VerificationForm
from roadmap.web.requests import database, redirect_after_post
from roadmap.web.security_headers import add_noindex

blueprint = Blueprint("verifications", __name__)
NOTHING = "Enter the identifier or choose the file."


@blueprint.get("/verify")
def show() -> str:
    """The form; with `id`, where a QR code leads, the answer too."""
    identifier = CodeForm().id.data
    return _page(VerificationForm(id=identifier), _known(identifier) if identifier else None)


@blueprint.post("/verify")
def create() -> ResponseReturnValue:
    """What is known about a file, or about an identifier."""
    form = VerificationForm()
    content = _content(form.file.data) if form.file.data else None
    if content is None:
        if form.id.data:
            return redirect_after_post(url_for("verifications.show", id=form.id.data))
        form.problem = NOTHING
        return _page(form, None), form.status_code
    presented = read_presented_file(content)
    with database().reading() as session:
        verdict = verify_file(session, presented.hash, presented.codes, presented.values)
    return _page(form, verdict, is_file=True)


@blueprint.after_request
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


def _page(form: VerificationForm, verdict: Verdict | None, *, is_file: bool = False) -> str:
    disclosed = read_issued_json(verdict.disclosed)[0] if verdict and verdict.disclosed else None
    return render_template(
        "reports/issued/verification.html", form=form, verdict=verdict, is_file=is_file, disclosed=disclosed
    )
