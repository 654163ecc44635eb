"""Mentorships between a mentor and a learner, and which enrollments a mentor may see."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Select,
    String,
    and_,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.users import User
from roadmap.domain.base import Base, new_public_id, partial_index
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.roadmaps.roadmaps import Roadmap


class Mentorship(Base):
    """A mentor of a learner, for one roadmap or, without one, for all; `ended_at` is None while active."""

    __tablename__ = "mentorships"
    __table_args__ = (
        CheckConstraint("learner_id <> mentor_id", name="two_people"),
        partial_index(
            "uq_mentorships_one",
            "learner_id",
            "mentor_id",
            "roadmap_id",
            where="ended_at IS NULL",
            unique=True,
        ),
        partial_index(
            "uq_mentorships_all",
            "learner_id",
            "mentor_id",
            where="ended_at IS NULL AND roadmap_id IS NULL",
            unique=True,
        ),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    learner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    learner: Mapped[User] = relationship(init=False, viewonly=True, foreign_keys=[learner_id])
    mentor_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    mentor: Mapped[User] = relationship(init=False, viewonly=True, foreign_keys=[mentor_id])
    roadmap_id: Mapped[int | None] = mapped_column(ForeignKey("roadmaps.id"), index=True)
    roadmap: Mapped[Roadmap | None] = relationship(init=False, viewonly=True)

    started_at: Mapped[datetime]

    seen_at: Mapped[datetime | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    note_version: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, default=None
    )


def covers_enrollment() -> ColumnElement[bool]:
    """Return the condition that an active mentorship covers the enrollment of the same query."""
    return and_(
        Mentorship.ended_at.is_(None),
        Mentorship.learner_id == Enrollment.user_id,
        or_(Mentorship.roadmap_id.is_(None), Mentorship.roadmap_id == Enrollment.roadmap_id),
    )


def has_mentor() -> ColumnElement[bool]:
    """Return the condition that the enrollment has a mentor now."""
    return exists(select(Mentorship.id).where(covers_enrollment()).correlate(Enrollment))


def is_mentored_by(person: User) -> ColumnElement[bool]:
    """Return the condition that this person mentors the enrollment now.

    The first half limits the query to the learners of this person. With the second half alone, both databases
    scan all enrollments.
    """
    now = (Mentorship.mentor_id == person.id, Mentorship.ended_at.is_(None))
    learners = select(Mentorship.learner_id).where(*now)
    return and_(
        Enrollment.user_id.in_(learners),
        exists(select(Mentorship.id).where(covers_enrollment(), Mentorship.mentor_id == person.id)),
    )


def is_seen_by(person: User) -> ColumnElement[bool]:
    """Return the condition that this person may see the enrollment: their own, or one they mentor now."""
    return or_(Enrollment.user_id == person.id, is_mentored_by(person))


def enrollments_seen_by(person: User) -> Select[Enrollment]:
    """Return a select of the enrollments this person may see."""
    return select(Enrollment).where(is_seen_by(person))


def enrollments_mentored_by(person: User) -> Select[Enrollment]:
    """Return a select of the enrollments this person mentors now."""
    return select(Enrollment).where(is_mentored_by(person))


def mentorships_of(person: User) -> Select[Mentorship]:
    """Return a select of the active mentorships in which this person is mentor or learner."""
    return select(Mentorship).where(Mentorship.ended_at.is_(None), _is_part(person))


def past_mentorships_of(person: User) -> Select[Mentorship]:
    """Return a select of the ended mentorships of this person, which give no access."""
    return select(Mentorship).where(Mentorship.ended_at.is_not(None), _is_part(person))


def _is_part(person: User) -> ColumnElement[bool]:
    return or_(Mentorship.mentor_id == person.id, Mentorship.learner_id == person.id)
