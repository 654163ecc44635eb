"""Submit a milestone, withdraw it; the page of a submission, its claim and its answer."""

from flask import Blueprint, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason
from roadmap.domain.mentoring.submissions import OWN_WORK, Outcome
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.mentoring.claims import claim_submission, release_submission
from roadmap.operations.mentoring.nudges import remind_mentors
from roadmap.operations.mentoring.reviews import review_submission
from roadmap.operations.mentoring.submissions import submit_milestone, withdraw_submission
from roadmap.queries.mentoring.submissions import SubmissionPage, find_submission_page
from roadmap.web.learning.forms import SubmissionForm
from roadmap.web.learning.milestones import render_milestone
from roadmap.web.mentoring.forms import ReviewForm
from roadmap.web.redirects import flash_change, referring_page
from roadmap.web.requests import config, current_person, database, redirect_after_post, wants_fragment

blueprint = Blueprint("submissions", __name__)


@blueprint.post("/enrollments/<public_id>/milestones/<key>/submission")
def create(public_id: str, key: str) -> ResponseReturnValue:
    """Submit it to the mentors with its evidence as it is now."""
    form = SubmissionForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            comment = form.comment.data or ""
            _, change = submit_milestone(
                session, enrollment, key, comment, by=current_person(), at=clock.now()
            )
            session.commit()
        flash_change("Submitted. It’s now in your mentors’ queue.", public_id=public_id, change=change)
        return redirect_after_post(_review_of(public_id, key))
    return render_milestone(public_id, key, submission_form=form), form.status_code


@blueprint.post("/enrollments/<public_id>/milestones/<key>/withdrawal")
def destroy(public_id: str, key: str) -> ResponseReturnValue:
    """Withdraw it from the queue."""
    with database().writing() as session:
        enrollment = lock_open_enrollment(session, public_id, by=current_person())
        change = withdraw_submission(session, enrollment, key, by=current_person(), at=clock.now())
        session.commit()
    flash_change("Withdrawn.", public_id=public_id, change=change)
    return redirect_after_post(_review_of(public_id, key))


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
        flash("Your mentors will get an email about it.", "message")
    except Conflict as conflict:
        flash(conflict.message, "message")
    here, of_milestone = referring_page(""), _review_of(public_id, key)
    return redirect_after_post(here if here == url_for("today.show") else of_milestone)


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
    flash("Released. It’s back in the queue.", "message")
    return redirect_after_post(url_for("mentoring.index"))


@blueprint.post("/submissions/<public_id>/review")
def review(public_id: str) -> ResponseReturnValue:
    """Answer it, then go on with the next one; after an error what was typed stays."""
    form = ReviewForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            given = review_submission(session, public_id, form.answer(), by=current_person(), at=clock.now())
            session.commit()
        message = "Verified." if given.outcome is Outcome.VERIFIED else "Changes requested."
        flash(message, "message")
        return redirect_after_post(url_for("submissions.show", public_id=public_id))
    return _page(public_id, form), form.status_code


def _page(public_id: str, refused: ReviewForm | None = None) -> str:
    with database().reading() as session:
        page = find_submission_page(session, public_id, seen_by=current_person(), at=clock.now())
    if refused and page.is_own:
        raise Forbidden(OWN_WORK, ForbiddenReason.OWN_WORK)
    form = refused or _review_form(page)
    return render_template("mentoring/submissions/show.html", page=page, form=form)


def _review_form(page: SubmissionPage) -> ReviewForm:
    """The form for a review, or for another one in place of the last."""
    if page.is_open or page.answer is None:
        return ReviewForm(reads_post=False)
    return ReviewForm(reads_post=False, feedback=page.answer.feedback, criteria=page.answer.criteria)


def _review_of(public_id: str, key: str) -> str:
    return url_for("milestones.show", public_id=public_id, key=key, _anchor="submission")
