"""Shows the messages of merged milestones on the one they became, and takes them back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.messages import Message


def place_messages(session: Session, enrollment: Enrollment) -> None:
    """Put each message of an enrollment on the milestone that the edition it follows has for it."""
    stored = stored_outline(session, enrollment.edition_id)
    for message in session.scalars(select(Message).where(Message.enrollment_id == enrollment.id)):
        written_on = message.written_on_id or message.milestone_id
        place = stored.merged.get(written_on, written_on)
        message.milestone_id = place
        message.written_on_id = written_on if place != written_on else None
