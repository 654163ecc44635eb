"""Settings: everything one's account holds, as one file."""

from flask import Blueprint, Response, render_template

from roadmap import clock
from roadmap.exports.account_archives import write_account_zip
from roadmap.queries.reports.archives import account_archive
from roadmap.web.requests import current_person, database

blueprint = Blueprint("archives", __name__)


@blueprint.get("/settings/data")
def show() -> str:
    """What the file holds, and where to get it."""
    return render_template("reports/data.html", here="settings")


@blueprint.get("/settings/data.zip")
def download() -> Response:
    """The file; to get it changes nothing."""
    with database().reading() as session:
        archive = account_archive(session, of=current_person(), at=clock.now())
    response = Response(write_account_zip(archive), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{archive.file_name}.zip"'
    return response
