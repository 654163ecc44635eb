"""Submissions: made, withdrawn, claimed and answered; and the conversation on a milestone."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason
from roadmap.domain.mentoring.submissions import OWN_WORK, Outcome
from roadmap.operations.learning.enrollments import lock_open_enrollment
from roadmap.operations.mentoring.messages import delete_message, set_message_aside, write_message
from roadmap.operations.mentoring.nudges import remind_mentors
from roadmap.operations.mentoring.reviews import claim_submission, release_submission, review_submission
from roadmap.operations.mentoring.submissions import submit_milestone, withdraw_submission
from roadmap.queries.mentoring.submissions import SubmissionPage, find_submission_page
from roadmap.web.forms.posted import only_once
from roadmap.web.learning.forms import MessageForm, SubmissionForm
from roadmap.web.learning.milestones import redirect_to_milestone, show_milestone
from roadmap.web.mentoring.forms import ReviewForm
from roadmap.web.redirects import redirect_to, referring_page
from roadmap.web.requests import config, current_person, database, wants_fragment

blueprint = Blueprint("submissions", __name__)
messages = Blueprint("messages", __name__)
_MESSAGE = "/enrollments/<public_id>/milestones/<key>/messages/<message_id>"


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
        message = "Submitted. It’s now in your mentors’ queue."
        return redirect_to_milestone(public_id, key, "submission", message, change)
    return show_milestone(public_id, key, submission_form=form), form.status_code


@blueprint.post("/enrollments/<public_id>/milestones/<key>/withdrawal")
def destroy(public_id: str, key: str) -> ResponseReturnValue:
    with database().writing() as session:
        enrollment = lock_open_enrollment(session, public_id, by=current_person())
        change = withdraw_submission(session, enrollment, key, by=current_person(), at=clock.now())
        session.commit()
    return redirect_to_milestone(public_id, key, "submission", "Withdrawn.", change)


@blueprint.post("/enrollments/<public_id>/milestones/<key>/reminder")
def remind(public_id: str, key: str) -> ResponseReturnValue:
    """Write to the mentors about what waits, unless they had a mail about it lately."""
    message = "Your mentors will get an email about it."
    try:
        with database().writing() as session:
            enrollment = lock_open_enrollment(session, public_id, by=current_person())
            remind_mentors(
                session, enrollment, key, by=current_person(), at=clock.now(), base_url=config().base_url
            )
            session.commit()
    except Conflict as conflict:
        message = conflict.message
    if referring_page("") == url_for("today.show"):
        return redirect_to("today.show", message)
    return redirect_to_milestone(public_id, key, "submission", message)


@blueprint.get("/submissions/<public_id>")
def show(public_id: str, refused: ReviewForm | None = None) -> str:
    """The work on the left, the answer on the right."""
    with database().reading() as session:
        page = find_submission_page(session, public_id, seen_by=current_person(), at=clock.now())
    if refused and page.is_own:
        raise Forbidden(OWN_WORK, ForbiddenReason.OWN_WORK)
    form = refused or _review_form(page)
    return render_template("mentoring/submissions/show.html", page=page, form=form)


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
    return redirect_to("submissions.show", public_id=public_id)


@blueprint.post("/submissions/<public_id>/release")
def release(public_id: str) -> ResponseReturnValue:
    """Give it back to the queue."""
    with database().writing() as session:
        release_submission(session, public_id, by=current_person())
        session.commit()
    return redirect_to("mentoring.index", "Released. It’s back in the queue.")


@blueprint.post("/submissions/<public_id>/review")
def review(public_id: str) -> ResponseReturnValue:
    """Answer it, then go on with the next one; after an error what was typed stays."""
    form = ReviewForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            review = review_submission(session, public_id, form.answer(), by=current_person(), at=clock.now())
            session.commit()
        message = "Verified." if review.outcome is Outcome.VERIFIED else "Changes requested."
        return redirect_to("submissions.show", message, public_id=public_id)
    return show(public_id, form), form.status_code


def _review_form(page: SubmissionPage) -> ReviewForm:
    """The form for a review, or for another one in place of the last."""
    if page.is_open or page.answer is None:
        return ReviewForm(reads_request=False)
    return ReviewForm(reads_request=False, feedback=page.answer.feedback, criteria=page.answer.criteria)


@messages.post("/enrollments/<public_id>/milestones/<key>/messages", endpoint="create")
def send_message(public_id: str, key: str) -> ResponseReturnValue:
    """Write a message: a question of the learner, or an answer of a mentor."""
    form = MessageForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            only_once(session)
            text = form.text.data or ""
            write_message(session, public_id, key, text, by=current_person(), at=clock.now())
            session.commit()
        return redirect_to_milestone(public_id, key, "conversation", "Message sent.")
    return show_milestone(public_id, key, message_form=form), form.status_code


@messages.post(f"{_MESSAGE}/deletion", endpoint="destroy")
def erase_message(public_id: str, key: str, message_id: str) -> ResponseReturnValue:
    with database().writing() as session:
        delete_message(session, public_id, message_id, by=current_person())
        session.commit()
    return redirect_to_milestone(public_id, key, "conversation", "Message deleted.")


@messages.post(f"{_MESSAGE}/setting-aside", endpoint="set_aside")
def set_aside(public_id: str, key: str, message_id: str) -> ResponseReturnValue:
    """Take a question out of the queue without an answer."""
    with database().writing() as session:
        set_message_aside(session, public_id, message_id, by=current_person(), at=clock.now())
        session.commit()
    message = "Question set aside. It’s no longer in your queue."
    return redirect_to_milestone(public_id, key, "conversation", message)
