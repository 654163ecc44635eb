"""The history of an enrollment, and undo."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.learning.enrollments import lock_enrollment
from roadmap.operations.learning.undo import undo_change
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.histories import ChangeView, find_history_page, milestones_of_change
from roadmap.web.learning.change_descriptions import describe_change
from roadmap.web.learning.progress_fragment import describe_numbers, render_changed_rows
from roadmap.web.redirects import flash_change, referring_page, with_anchor
from roadmap.web.requests import current_person, database, redirect_after_post, wants_fragment

blueprint = Blueprint("histories", __name__)


@blueprint.app_template_filter("described")
def described(change: ChangeView) -> str:
    """What a change did, in words."""
    return describe_change(change)


@blueprint.get("/enrollments/<public_id>/history")
def index(public_id: str) -> str:
    """Every change, newest first, a page at a time."""
    before = request.args.get("before", type=int)
    with database().reading() as session:
        enrollment = find_enrollment(session, public_id, seen_by=current_person(), at=clock.now())
        page = find_history_page(session, enrollment, seen_by=current_person(), before=before)
    return render_template("learning/history.html", page=page, current_enrollment=enrollment, here="roadmap")


@blueprint.post("/enrollments/<public_id>/history/<int:event>/undo")
def create(public_id: str, event: int) -> ResponseReturnValue:
    """Take back the whole change that an event belongs to."""
    with database().writing() as session:
        enrollment = lock_enrollment(session, public_id, by=current_person())
        change = undo_change(session, enrollment, event, by=current_person(), at=clock.now())
        session.commit()
    message = "Redone" if "redo" in request.form else "Undone"
    the_list = url_for("enrollments.show", public_id=public_id)
    here = referring_page(the_list if wants_fragment() else url_for("histories.index", public_id=public_id))
    keys, skill = _marked(public_id, change)
    if keys and wants_fragment() and here.partition("?")[0] == the_list:
        return render_changed_rows(public_id, keys, message, change)
    told = describe_numbers(public_id, message) if keys else f"{message}."
    flash_change(told, public_id=public_id, change=change)
    return redirect_after_post(with_anchor(here, public_id, skill))


def _marked(public_id: str, change: int) -> tuple[list[str], str | None]:
    """The milestones that a change marked, and the skill of the first of them that is still here."""
    with database().reading() as session:
        seen = find_enrollment(session, public_id, seen_by=current_person(), at=clock.now())
        keys = milestones_of_change(session, seen, change)
    skill_of = seen.stored.outline.skill_of
    return keys, next((skill_of[key].key for key in keys if key in skill_of), None)
