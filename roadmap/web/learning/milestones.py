"""The page of one milestone, and the private note on it."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import Forbidden, ForbiddenReason, Invalid, StaleText
from roadmap.domain.learning.enrollments import ONLY_ITS_LEARNER
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.learning.notes import set_note
from roadmap.queries.pages.milestone import find_milestone_page
from roadmap.web.forms import typed_version
from roadmap.web.redirects import flash_change
from roadmap.web.requests import current_person, database, redirect_after_post

milestones = Blueprint("milestones", __name__)
notes = Blueprint("notes", __name__)


@milestones.get("/enrollments/<public_id>/milestones/<key>")
def show(public_id: str, key: str) -> str:
    """What the milestone asks, where it stands, and all that belongs to it."""
    return render_milestone(public_id, key)


def render_milestone(public_id: str, key: str, **typed: object) -> str:
    """The page; `typed` keeps an invalid form's text and errors where the person left them."""
    with database().reading() as session:
        page = find_milestone_page(session, public_id, key, seen_by=current_person(), at=clock.now())
    if typed and not page.enrollment.is_own:
        # The form did not even fit, so nobody has asked yet whose it is.
        raise Forbidden(ONLY_ITS_LEARNER, ForbiddenReason.LEARNER)
    context = {"errors": {}, "typed": {}, "conflict": None, **typed}
    return render_template(
        "learning/milestones/show.html",
        page=page,
        current_enrollment=page.enrollment,
        here="roadmap",
        **context,
    )


@notes.post("/enrollments/<public_id>/milestones/<key>/note", endpoint="update")
def update_note(public_id: str, key: str) -> ResponseReturnValue:
    """Save it, unless it was changed since the form was opened."""
    text, version = request.form.get("note", ""), typed_version()
    try:
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            change = set_note(
                session, enrollment, key, text, version=version, by=current_person(), at=clock.now()
            )
            session.commit()
    except StaleText as stale:
        return render_milestone(public_id, key, typed=request.form, conflict=stale), 409
    except Invalid as error:
        return render_milestone(public_id, key, errors=error.errors, typed=request.form), 422
    flash_change("Note saved." if change else "The note is as it was.", public_id=public_id, change=change)
    return redirect_after_post(url_for("milestones.show", public_id=public_id, key=key, _anchor="note"))
