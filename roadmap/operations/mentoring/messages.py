"""Write, delete and set aside messages of the conversation on a milestone."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Forbidden, ForbiddenReason, invalid, or_not_found
from roadmap.domain.learning.enrollments import ARCHIVED, Enrollment
from roadmap.domain.mentoring.mentorships import enrollments_seen_by, has_mentor
from roadmap.domain.mentoring.messages import MESSAGE_LENGTH, Message, messages_seen_by
from roadmap.operations.learning.progress import find_milestone
from roadmap.operations.text_rules import clean_text


def write_message(
    session: Session, public_id: str, key: str, text: str, *, by: User, at: datetime
) -> Message:
    """Add a message to a milestone. One of a mentor answers the learner's open questions on it.

    Raises NotFound, Forbidden for an archived roadmap, or Invalid for a text that is empty or too long, and
    where nobody mentors.
    """
    seen = enrollments_seen_by(by).where(Enrollment.public_id == public_id)
    enrollment = or_not_found(session.scalar(seen), "There is no such roadmap.")
    milestone_id, is_own = find_milestone(session, enrollment, key), enrollment.user_id == by.id
    if enrollment.is_archived:
        raise Forbidden(ARCHIVED, ForbiddenReason.ARCHIVED)
    text = clean_text(text, field="text", most=MESSAGE_LENGTH)
    if not text:
        raise invalid(text="Write a message first.")
    if is_own and not session.scalar(select(has_mentor()).where(Enrollment.id == enrollment.id)):
        raise invalid(text="You don’t have a mentor on this roadmap yet. Invite one first.")
    if not is_own:
        readable = messages_seen_by(by).where(
            Message.enrollment_id == enrollment.id, Message.milestone_id == milestone_id
        )
        for question in session.scalars(readable.where(Message.closed_at.is_(None))):
            question.closed_at = at
    message = Message(
        enrollment_id=enrollment.id,
        milestone_id=milestone_id,
        author_id=by.id,
        text=text,
        created_at=at,
        closed_at=None if is_own else at,
    )
    session.add(message)
    session.flush()
    return message


def delete_message(session: Session, enrollment_id: str, public_id: str, *, by: User) -> None:
    """Delete a message that this person wrote; raise NotFound, or Forbidden for somebody else's."""
    message = _find(session, enrollment_id, public_id, by=by)
    if message.author_id != by.id:
        raise Forbidden("Only its author can delete a message.")
    session.delete(message)
    session.flush()


def set_message_aside(
    session: Session, enrollment_id: str, public_id: str, *, by: User, at: datetime
) -> None:
    """Take a question out of the queue without an answer; raise NotFound, or Forbidden for the learner."""
    message = _find(session, enrollment_id, public_id, by=by)
    if message.author_id == by.id:
        raise Forbidden("Only a mentor can set a question aside.")
    if message.closed_at is None:
        message.closed_at = at
        session.flush()


def _find(session: Session, enrollment_id: str, public_id: str, *, by: User) -> Message:
    of_enrollment = messages_seen_by(by).where(Enrollment.public_id == enrollment_id)
    return or_not_found(
        session.scalar(of_enrollment.where(Message.public_id == public_id)), "There is no such message."
    )
