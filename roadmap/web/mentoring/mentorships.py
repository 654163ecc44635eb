"""One mentee as a page, what the mentor keeps about them, and the end of a mentorship."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.mentoring.mentorships import end_mentorship, mark_seen, set_mentor_note
from roadmap.operations.mentoring.sign_offs import sign_off_milestones
from roadmap.queries.pages.mentee import find_mentee_page
from roadmap.web.forms.posted import only_once
from roadmap.web.learning.forms import NoteForm
from roadmap.web.mentoring.forms import SignOffForm
from roadmap.web.redirects import redirect_to
from roadmap.web.requests import current_person, database

blueprint = Blueprint("mentorships", __name__)


@blueprint.get("/mentoring/mentees/<public_id>")
def show(public_id: str, refused: NoteForm | None = None, *, sign_off: SignOffForm | None = None) -> str:
    """Both numbers, what changed since the last visit, the list, reviews, waiting work."""
    with database().reading() as session:
        page = find_mentee_page(
            session,
            public_id,
            seen_by=current_person(),
            at=clock.now(),
            enrollment_id=_shown_enrollment(),
        )
    form = refused or NoteForm(reads_request=False, note=page.note, version=page.note_version)
    form.note.label.text = f"Note about {page.name}"
    return render_template(
        "mentoring/mentees/show.html",
        page=page,
        note_form=form,
        sign_off=sign_off or SignOffForm(reads_request=False),
    )


@blueprint.post("/mentoring/mentees/<public_id>/seen")
def update(public_id: str) -> ResponseReturnValue:
    """Mark everything up to now as seen."""
    with database().writing() as session:
        mark_seen(session, public_id, by=current_person(), at=clock.now())
        session.commit()
    return _back_to(public_id, "Marked as seen. From now on, only later changes are shown as new.")


@blueprint.post("/mentoring/mentees/<public_id>/note")
def note(public_id: str) -> ResponseReturnValue:
    form = NoteForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            set_mentor_note(
                session, public_id, form.note.data or "", version=form.version.data or 0, by=current_person()
            )
            session.commit()
        return _back_to(public_id, "Note saved.")
    return show(public_id, form), form.status_code


@blueprint.post("/mentoring/mentees/<public_id>/sign-off")
def sign_off(public_id: str) -> ResponseReturnValue:
    """Verify done milestones without a submission."""
    form = SignOffForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            only_once(session)
            count = sign_off_milestones(
                session,
                public_id,
                form.milestones.data or (),
                by=current_person(),
                at=clock.now(),
                enrollment_id=_shown_enrollment(),
                feedback=form.feedback.data or "",
            )
            session.commit()
        return _back_to(public_id, f"{count} milestone{'s' if count > 1 else ''} signed off.")
    return show(public_id, sign_off=form), form.status_code


@blueprint.post("/mentorships/<public_id>/end")
def destroy(public_id: str) -> ResponseReturnValue:
    """End it at once, from either side."""
    with database().writing() as session:
        end_mentorship(session, public_id, by=current_person(), at=clock.now())
        session.commit()
    return redirect_to("mentoring.index", "The mentorship has ended. Reviews are kept.")


def _shown_enrollment() -> str:
    """Which roadmap of the mentee the page shows; without one, the page chooses."""
    return request.args.get("enrollment", "")


def _back_to(public_id: str, message: str) -> Response:
    """A redirect to the same roadmap of the mentee."""
    return redirect_to(
        "mentorships.show", message, public_id=public_id, enrollment=_shown_enrollment() or None
    )
