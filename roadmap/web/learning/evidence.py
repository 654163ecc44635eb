"""Add, revise and withdraw evidence on a milestone."""

from collections.abc import Callable

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roadmap import clock
from roadmap.domain.errors import Invalid, StaleText
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.learning.evidence import (
    EvidenceDraft,
    add_evidence,
    revise_evidence,
    withdraw_evidence,
)
from roadmap.web.forms import typed_version
from roadmap.web.learning.milestones import render_milestone
from roadmap.web.posted_forms import only_once
from roadmap.web.redirects import flash_change
from roadmap.web.requests import current_person, database, redirect_after_post

blueprint = Blueprint("evidence", __name__)
_PATH = "/enrollments/<public_id>/milestones/<key>/evidence"


@blueprint.post(_PATH)
def create(public_id: str, key: str) -> ResponseReturnValue:
    """Add a link, a text, or both."""

    def act(session: Session, enrollment: Enrollment) -> int:
        only_once(session, needs_field=False)
        return add_evidence(session, enrollment, key, _draft(), by=current_person(), at=clock.now())

    return _answer(public_id, key, act, "Evidence added.", form="new")


@blueprint.post(f"{_PATH}/<evidence_id>")
def update(public_id: str, key: str, evidence_id: str) -> ResponseReturnValue:
    """Change what a piece of evidence says."""

    def act(session: Session, enrollment: Enrollment) -> int | None:
        return revise_evidence(
            session,
            enrollment,
            key,
            evidence_id,
            _draft(),
            version=typed_version(),
            by=current_person(),
            at=clock.now(),
        )

    return _answer(public_id, key, act, "Evidence saved.", form=evidence_id)


@blueprint.post(f"{_PATH}/<evidence_id>/withdrawal")
def destroy(public_id: str, key: str, evidence_id: str) -> ResponseReturnValue:
    """Take it away; undo brings it back."""

    def act(session: Session, enrollment: Enrollment) -> int:
        return withdraw_evidence(session, enrollment, key, evidence_id, by=current_person(), at=clock.now())

    return _answer(public_id, key, act, "Evidence withdrawn.", form=evidence_id)


def _draft() -> EvidenceDraft:
    return EvidenceDraft(*(request.form.get(name, "") for name in ("title", "url", "text")))


def _answer(
    public_id: str, key: str, act: Callable[[Session, Enrollment], int | None], message: str, *, form: str
) -> ResponseReturnValue:
    try:
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            change = act(session, enrollment)
            session.commit()
    except StaleText as stale:
        return render_milestone(public_id, key, typed=request.form, conflict=stale, form=form), 409
    except Invalid as error:
        return render_milestone(public_id, key, errors=error.errors, typed=request.form, form=form), 422
    flash_change(message, public_id=public_id, change=change)
    return redirect_after_post(url_for("milestones.show", public_id=public_id, key=key, _anchor="evidence"))
