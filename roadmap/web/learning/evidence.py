"""Add, revise and withdraw evidence on a milestone."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.learning.evidence import add_evidence, revise_evidence, withdraw_evidence
from roadmap.web.forms.once import only_once
from roadmap.web.learning.milestone_forms import NEW, EvidenceForm
from roadmap.web.learning.milestones import render_milestone
from roadmap.web.redirects import flash_change
from roadmap.web.requests import current_person, database, redirect_after_post

blueprint = Blueprint("evidence", __name__)
_PATH = "/enrollments/<public_id>/milestones/<key>/evidence"


@blueprint.post(_PATH)
def create(public_id: str, key: str) -> ResponseReturnValue:
    """Add a link, a text, or both."""
    form = EvidenceForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            only_once(session, needs_field=False)
            change = add_evidence(session, enrollment, key, form.draft(), by=current_person(), at=clock.now())
            session.commit()
        return _redirect_to_evidence(public_id, key, "Evidence added.", change)
    return render_milestone(public_id, key, evidence={NEW: form}), form.status_code


@blueprint.post(f"{_PATH}/<evidence_id>")
def update(public_id: str, key: str, evidence_id: str) -> ResponseReturnValue:
    """Change what a piece of evidence says."""
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
        return _redirect_to_evidence(public_id, key, "Evidence saved.", change)
    return render_milestone(public_id, key, evidence={evidence_id: form}), form.status_code


@blueprint.post(f"{_PATH}/<evidence_id>/withdrawal")
def destroy(public_id: str, key: str, evidence_id: str) -> ResponseReturnValue:
    """Take it away; undo brings it back."""
    with database().writing() as session:
        enrollment = lock_open_enrollment(session, public_id, by=current_person())
        change = withdraw_evidence(session, enrollment, key, evidence_id, by=current_person(), at=clock.now())
        session.commit()
    return _redirect_to_evidence(public_id, key, "Evidence withdrawn.", change)


def _redirect_to_evidence(public_id: str, key: str, message: str, change: int | None) -> ResponseReturnValue:
    flash_change(message, public_id=public_id, change=change)
    return redirect_after_post(url_for("milestones.show", public_id=public_id, key=key, _anchor="evidence"))
