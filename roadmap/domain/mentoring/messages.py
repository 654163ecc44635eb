"""Messages between a learner and their mentors on one milestone, outside of submissions."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, String, and_, exists, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.users import User
from roadmap.domain.base import Base, new_public_id, partial_index
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.mentorships import Mentorship, covers_enrollment, is_mentored_by
from roadmap.domain.roadmaps.editions import MilestoneText

MESSAGE_LENGTH = 4_000


class Message(Base):
    """A message; the learner's are questions until a mentor answers or sets them aside at `closed_at`.

    `written_on_id` is the milestone it was written on, where that was merged into the present one.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_milestone", "enrollment_id", "milestone_id"),
        partial_index("ix_messages_open", "enrollment_id", where="closed_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"))
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    author: Mapped[User] = relationship(init=False, viewonly=True)
    text: Mapped[str]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    written_on_id: Mapped[int | None] = mapped_column(
        ForeignKey("milestones.id"), index=True, init=False, default=None
    )


def messages_seen_by(person: User) -> Select[Message]:
    """Return a select of the messages this person may read.

    Those on their own roadmaps, and as a mentor those written since their active mentorship started.
    """
    seen = or_(Enrollment.user_id == person.id, _is_mentors(person))
    return select(Message).join(Enrollment, Enrollment.id == Message.enrollment_id).where(seen)


def questions_for(person: User) -> Select[Message]:
    """Return a select of the messages that wait for this mentor, on milestones the learner's edition has."""
    return messages_in_editions().where(
        Message.closed_at.is_(None), Message.author_id == Enrollment.user_id, _is_mentors(person)
    )


def messages_in_editions() -> Select[Message]:
    """Return a select of the messages, with enrollment, on milestones that the learner's edition has."""
    in_edition = and_(
        MilestoneText.edition_id == Enrollment.edition_id, MilestoneText.milestone_id == Message.milestone_id
    )
    return (
        select(Message)
        .join(Enrollment, Enrollment.id == Message.enrollment_id)
        .join(MilestoneText, in_edition)
    )


def _is_mentors(person: User) -> ColumnElement[bool]:
    since_then = exists(
        select(Mentorship.id).where(
            covers_enrollment(),
            Mentorship.mentor_id == person.id,
            Mentorship.started_at <= Message.created_at,
        )
    )
    return and_(is_mentored_by(person), since_then)
