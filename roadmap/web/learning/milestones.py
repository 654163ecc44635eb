"""The page of one milestone, its panel beside the map, the private note on it and its evidence."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import Forbidden, ForbiddenReason
from roadmap.domain.learning.enrollments import ONLY_ITS_LEARNER
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.learning.evidence import add_evidence, revise_evidence, withdraw_evidence
from roadmap.operations.learning.progress import set_note
from roadmap.queries.pages.milestone import find_milestone_page, find_milestone_panel
from roadmap.web.forms.base import Form
from roadmap.web.forms.posted import only_once
from roadmap.web.learning.forms import NEW, EvidenceForm, NoteForm, milestone_forms
from roadmap.web.redirects import redirect_to
from roadmap.web.requests import current_person, database

milestones = Blueprint("milestones", __name__)
notes = Blueprint("notes", __name__)
evidence = Blueprint("evidence", __name__)
_EVIDENCE = "/enrollments/<public_id>/milestones/<key>/evidence"


@milestones.get("/enrollments/<public_id>/milestones/<key>/panel")
def show_panel(public_id: str, key: str) -> str:
    """The milestone without the rest of its page, which a script opens beside the map."""
    with database().reading() as session:
        page = find_milestone_panel(session, public_id, key, seen_by=current_person(), at=clock.now())
    return render_template(
        "maps/_panel.html",
        page=page,
        m=page.milestone,
        skill=page.skill,
        outline=page.enrollment.stored.outline,
    )


@milestones.get("/enrollments/<public_id>/milestones/<key>", endpoint="show")
def show_milestone(
    public_id: str, key: str, *, evidence: Mapping[str, EvidenceForm] | None = None, **refused: Form
) -> str:
    """What the milestone asks, where it stands, and all that belongs to it.

    `refused` is a form with its errors and what was typed, `evidence` one by its piece.
    """
    with database().reading() as session:
        page = find_milestone_page(session, public_id, key, seen_by=current_person(), at=clock.now())
    if (evidence or refused) and not (page.enrollment.is_own or "message_form" in refused):
        # The form was not even well formed, so nobody has asked yet whose it is; mentors write messages too.
        raise Forbidden(ONLY_ITS_LEARNER, ForbiddenReason.LEARNER)
    forms = milestone_forms(page) | refused
    forms["evidence_forms"] |= evidence or {}
    return render_template("learning/milestones/show.html", page=page, **forms)


def redirect_to_milestone(
    public_id: str, key: str, part: str, message: str, change: int | None = None
) -> Response:
    """A redirect to a part of the page, such as `evidence`, with a message; a change can be undone there."""
    return redirect_to("milestones.show", message, change=change, public_id=public_id, key=key, _anchor=part)


@notes.post("/enrollments/<public_id>/milestones/<key>/note", endpoint="update")
def update_note(public_id: str, key: str) -> ResponseReturnValue:
    """Save it, unless it was changed since the form was opened."""
    form = NoteForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            change = set_note(
                session,
                enrollment,
                key,
                form.note.data or "",
                version=form.version.data or 0,
                by=current_person(),
                at=clock.now(),
            )
            session.commit()
        message = "Note saved." if change else "Nothing has changed, so nothing was saved."
        return redirect_to_milestone(public_id, key, "note", message, change)
    return show_milestone(public_id, key, note_form=form), form.status_code


@evidence.post(_EVIDENCE, endpoint="create")
def add(public_id: str, key: str) -> ResponseReturnValue:
    form = EvidenceForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            only_once(session, needs_field=False)
            change = add_evidence(session, enrollment, key, form.draft(), by=current_person(), at=clock.now())
            session.commit()
        return redirect_to_milestone(public_id, key, "evidence", "Evidence added.", change)
    return show_milestone(public_id, key, evidence={NEW: form}), form.status_code


@evidence.post(f"{_EVIDENCE}/<evidence_id>", endpoint="update")
def revise(public_id: str, key: str, evidence_id: str) -> ResponseReturnValue:
    form = EvidenceForm(evidence_id)
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            change = revise_evidence(
                session,
                enrollment,
                key,
                evidence_id,
                form.draft(),
                version=form.version.data or 0,
                by=current_person(),
                at=clock.now(),
            )
            session.commit()
        return redirect_to_milestone(public_id, key, "evidence", "Evidence saved.", change)
    return show_milestone(public_id, key, evidence={evidence_id: form}), form.status_code


@evidence.post(f"{_EVIDENCE}/<evidence_id>/withdrawal", endpoint="destroy")
def withdraw(public_id: str, key: str, evidence_id: str) -> ResponseReturnValue:
    """Take it away; undo brings it back."""
    with database().writing() as session:
        enrollment = lock_open_enrollment(session, public_id, by=current_person())
        change = withdraw_evidence(session, enrollment, key, evidence_id, by=current_person(), at=clock.now())
        session.commit()
    return redirect_to_milestone(public_id, key, "evidence", "Evidence withdrawn.", change)
