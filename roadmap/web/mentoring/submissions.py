"""Hand a milestone in, take it back; the page of a submission, its claim and its answer."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason, Invalid, invalid
from roadmap.domain.mentoring.reviews import Outcome
from roadmap.domain.mentoring.submissions import OWN_WORK
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.mentoring.claims import claim_submission, release_submission
from roadmap.operations.mentoring.nudges import remind_mentors
from roadmap.operations.mentoring.reviews import Answer, review_submission
from roadmap.operations.mentoring.submissions import submit_milestone, withdraw_submission
from roadmap.queries.mentoring.submissions import find_submission_page
from roadmap.web.forms import typed_number
from roadmap.web.learning.milestones import render_milestone
from roadmap.web.redirects import flash_change
from roadmap.web.requests import config, current_person, database, redirect_after_post, wants_fragment

blueprint = Blueprint("submissions", __name__)


@blueprint.post("/enrollments/<public_id>/milestones/<key>/submission")
def create(public_id: str, key: str) -> ResponseReturnValue:
    """Hand it to the mentors with its evidence as it is now."""
    try:
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            comment = request.form.get("comment", "")
            _, change = submit_milestone(
                session, enrollment, key, comment, by=current_person(), at=clock.now()
            )
            session.commit()
    except Invalid as error:
        return render_milestone(public_id, key, errors=error.errors, typed=request.form), 422
    flash_change("Submitted. Your mentors see it in their queue.", public_id=public_id, change=change)
    return redirect_after_post(url_for("milestones.show", public_id=public_id, key=key, _anchor="submission"))


@blueprint.post("/enrollments/<public_id>/milestones/<key>/withdrawal")
def destroy(public_id: str, key: str) -> ResponseReturnValue:
    """Take it out of the queue."""
    with database().writing() as session:
        enrollment = lock_open_enrollment(session, public_id, by=current_person())
        change = withdraw_submission(session, enrollment, key, by=current_person(), at=clock.now())
        session.commit()
    flash_change("Withdrawn.", public_id=public_id, change=change)
    return redirect_after_post(url_for("milestones.show", public_id=public_id, key=key, _anchor="submission"))


@blueprint.post("/enrollments/<public_id>/milestones/<key>/reminder")
def remind(public_id: str, key: str) -> ResponseReturnValue:
    """Write to the mentors about what waits, unless they had a mail about it lately."""
    try:
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            remind_mentors(
                session, enrollment, key, by=current_person(), at=clock.now(), base_url=config().base_url
            )
            session.commit()
        flash("Your mentors get a mail about it.", "message")
    except Conflict as conflict:
        flash(conflict.message, "message")
    return redirect_after_post(url_for("milestones.show", public_id=public_id, key=key, _anchor="submission"))


@blueprint.get("/submissions/<public_id>")
def show(public_id: str) -> str:
    """The work on the left, the answer on the right."""
    return _page(public_id)


@blueprint.post("/submissions/<public_id>/claim")
def claim(public_id: str) -> ResponseReturnValue:
    """Take it, or renew the claim; the open form does that in the background and shows why it cannot."""
    try:
        with database().writing() as session:
            new_claim = claim_submission(session, public_id, by=current_person(), at=clock.now())
            session.commit()
    except Conflict as error:
        if not wants_fragment():
            raise
        return render_template("mentoring/submissions/_unclaimed.html", why=error.message)
    if wants_fragment():
        return render_template(
            "mentoring/submissions/_claim.html", public_id=public_id, until=new_claim.expires_at
        )
    return redirect_after_post(url_for("submissions.show", public_id=public_id))


@blueprint.post("/submissions/<public_id>/release")
def release(public_id: str) -> ResponseReturnValue:
    """Give it back to the queue."""
    with database().writing() as session:
        release_submission(session, public_id, by=current_person())
        session.commit()
    flash("Given back to the queue.", "message")
    return redirect_after_post(url_for("mentoring.index"))


@blueprint.post("/submissions/<public_id>/review")
def review(public_id: str) -> ResponseReturnValue:
    """Answer it, then go on with the next one; after an error what was typed stays."""
    try:
        with database().writing() as session:
            given = review_submission(session, public_id, _answer(), by=current_person(), at=clock.now())
            session.commit()
    except Invalid as error:
        return _page(public_id, errors=error.errors, typed=request.form), 422
    except Conflict as conflict:
        return _page(public_id, conflict=conflict, typed=request.form), 409
    message = "Verified." if given.outcome is Outcome.VERIFIED else "Returned with your feedback."
    flash(message, "message")
    return redirect_after_post(url_for("submissions.show", public_id=public_id))


def _answer() -> Answer:
    outcome = request.form.get("outcome", "")
    if outcome not in list(Outcome):
        raise invalid(outcome="Answer with verified or returned.")
    numbers = [typed_number(text) for text in request.form.getlist("criteria")]
    if None in numbers:
        raise invalid(criteria="Criteria are told by their numbers, from 1.")
    return Answer(
        outcome=Outcome(outcome),
        feedback=request.form.get("feedback", ""),
        criteria=tuple(number for number in numbers if number is not None),
        replaces=request.form.get("replaces", ""),
        reason=request.form.get("reason", ""),
    )


def _page(public_id: str, **typed: object) -> str:
    with database().reading() as session:
        page = find_submission_page(session, public_id, seen_by=current_person(), at=clock.now())
    if typed and page.is_own:
        raise Forbidden(OWN_WORK, ForbiddenReason.OWN_WORK)
    context = {"errors": {}, "typed": None, "conflict": None, **typed}
    return render_template("mentoring/submissions/show.html", page=page, here="mentoring", **context)
