"""The conversation of a learner and their mentors on a milestone."""

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue

from roadmap import clock
from roadmap.operations.mentoring.messages import delete_message, set_message_aside, write_message
from roadmap.web.forms.once import only_once
from roadmap.web.learning.forms import MessageForm
from roadmap.web.learning.milestones import render_conversation
from roadmap.web.requests import current_person, database, redirect_after_post

blueprint = Blueprint("messages", __name__)


@blueprint.post("/enrollments/<public_id>/milestones/<key>/messages")
def create(public_id: str, key: str) -> ResponseReturnValue:
    """Write a message: a question of the learner, or an answer of a mentor."""
    form = MessageForm()
    with form.shows_refusals():
        form.check()
        with database().writing() as session:
            only_once(session)
            text = form.text.data or ""
            write_message(session, public_id, key, text, by=current_person(), at=clock.now())
            session.commit()
        flash("Message sent.", "message")
        return _back(public_id, key)
    return render_conversation(public_id, key, form), form.status_code


@blueprint.post("/enrollments/<public_id>/milestones/<key>/messages/<message_id>/deletion")
def destroy(public_id: str, key: str, message_id: str) -> ResponseReturnValue:
    """Delete an own message for everybody."""
    with database().writing() as session:
        delete_message(session, public_id, message_id, by=current_person())
        session.commit()
    flash("Message deleted.", "message")
    return _back(public_id, key)


@blueprint.post("/enrollments/<public_id>/milestones/<key>/messages/<message_id>/setting-aside")
def set_aside(public_id: str, key: str, message_id: str) -> ResponseReturnValue:
    """Take a question out of the queue without an answer."""
    with database().writing() as session:
        set_message_aside(session, public_id, message_id, by=current_person(), at=clock.now())
        session.commit()
    flash("Question set aside. It’s no longer in your queue.", "message")
    return _back(public_id, key)


def _back(public_id: str, key: str) -> ResponseReturnValue:
    page = url_for("milestones.show", public_id=public_id, key=key, _anchor="conversation")
    return redirect_after_post(page)
