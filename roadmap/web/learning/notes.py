"""Save the private note on a milestone."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import Invalid, StaleText
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.learning.notes import set_note
from roadmap.web.forms import typed_version
from roadmap.web.learning.milestones import render_milestone
from roadmap.web.redirects import flash_change
from roadmap.web.requests import current_person, database, redirect_after_post

blueprint = Blueprint("notes", __name__)


@blueprint.post("/enrollments/<public_id>/milestones/<key>/note")
def update(public_id: str, key: str) -> ResponseReturnValue:
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
