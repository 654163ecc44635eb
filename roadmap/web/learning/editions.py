"""The offer of a newer edition: look at the difference, accept it or stay."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.learning.enrollments import accept_edition, lock_open_enrollment
from roadmap.queries.learning.editions import find_edition_page, withdrawn_titles
from roadmap.web.learning.forms import EditionForm
from roadmap.web.redirects import flash_change
from roadmap.web.requests import current_person, database, redirect_after_post

blueprint = Blueprint("editions", __name__)


@blueprint.get("/enrollments/<public_id>/edition")
def edit(public_id: str) -> str:
    """What the newest edition would change, with both numbers before and after."""
    with database().reading() as session:
        page = find_edition_page(session, public_id, seen_by=current_person(), at=clock.now())
    return render_template(
        "learning/edition.html", page=page, current_enrollment=page.enrollment, here="roadmap"
    )


@blueprint.post("/enrollments/<public_id>/edition")
def update(public_id: str) -> ResponseReturnValue:
    """Follow the edition that was looked at."""
    number = EditionForm().edition.data
    with database().writing() as session:
        enrollment = lock_open_enrollment(session, public_id, by=current_person())
        change = accept_edition(session, enrollment, number, by=current_person(), at=clock.now())
        withdrawn = withdrawn_titles(session, enrollment.id, change)
        session.commit()
    sentences = ["You’re now on the latest edition."]
    sentences += [f"Your submission of “{title}” was withdrawn." for title in withdrawn]
    flash_change(" ".join(sentences), public_id=public_id, change=change)
    return redirect_after_post(url_for("enrollments.show", public_id=public_id))
