"""Invitations: offers of a mentorship to an email address, by a mentor or a learner."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.users import EMAIL_LENGTH, User
from roadmap.domain.base import Base, new_public_id, partial_index
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.roadmaps.roadmaps import Roadmap

INVITATION_LIFETIME = timedelta(days=14)
MAX_OPEN_INVITATIONS = 50


class InvitedAs(StrEnum):
    """The role that the invited person would have."""

    MENTOR = "mentor"
    LEARNER = "learner"


class InvitationOutcome(StrEnum):
    """How an invitation ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Invitation(Base):
    """An offer to one address, for one roadmap or all; the link has a secret, the row its SHA-256."""

    __tablename__ = "invitations"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="ended"),
        partial_index(
            "uq_invitations_one",
            "inviter_id",
            "email",
            "invited_as",
            "roadmap_id",
            where="outcome IS NULL",
            unique=True,
        ),
        partial_index(
            "uq_invitations_all",
            "inviter_id",
            "email",
            "invited_as",
            where="outcome IS NULL AND roadmap_id IS NULL",
            unique=True,
        ),
        Index("ix_invitations_email", "email"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    inviter_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    inviter: Mapped[User] = relationship(init=False, viewonly=True)
    roadmap_id: Mapped[int | None] = mapped_column(ForeignKey("roadmaps.id"), index=True)
    roadmap: Mapped[Roadmap | None] = relationship(init=False, viewonly=True)

    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    invited_as: Mapped[InvitedAs]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]

    expires_at: Mapped[datetime]
    outcome: Mapped[InvitationOutcome | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)

    def is_open(self, at: datetime) -> bool:
        return self.outcome is None and at < self.expires_at


def invitations_by(person: User) -> Select[Invitation]:
    """Return a select of the invitations this person made, which nobody else may resend or withdraw."""
    return select(Invitation).where(Invitation.inviter_id == person.id)


def has_invited_mentor(at: BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the condition that an invitation to mentor the enrollment of the same query can be answered."""
    is_open = (Invitation.outcome.is_(None), Invitation.expires_at > at)
    by_learner = (Invitation.inviter_id == Enrollment.user_id, Invitation.invited_as == InvitedAs.MENTOR)
    covers = or_(Invitation.roadmap_id.is_(None), Invitation.roadmap_id == Enrollment.roadmap_id)
    return exists(select(Invitation.id).where(*by_learner, *is_open, covers).correlate(Enrollment))
