"""Reviews: the answers of mentors to submissions. A review is never edited, but a new one may replace it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.users import NAME_LENGTH, User
from roadmap.domain.base import Base, new_public_id, partial_index
from roadmap.domain.mentoring.submissions import Submission

FEEDBACK_LENGTH = 10_000
REPLACEMENT_REASON_LENGTH = 500
NOBODY = "deleted account"


class Outcome(StrEnum):
    """The result of a review."""

    VERIFIED = "verified"
    RETURNED = "returned"


class Review(Base):
    """A review; `criteria` are the numbers of those met, from 1; `reviewer_name` is the name at that time."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("(replaces_id IS NULL) = (reason IS NULL)", name="replacement"),
        partial_index("uq_reviews_first", "submission_id", where="replaces_id IS NULL", unique=True),
        Index("ix_reviews_submission_id", "submission_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"))
    submission: Mapped[Submission] = relationship(init=False, viewonly=True)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    reviewer: Mapped[User | None] = relationship(init=False, viewonly=True)

    reviewer_name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    outcome: Mapped[Outcome]
    feedback: Mapped[str | None]
    criteria: Mapped[list[int]]
    reviewed_at: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("reviews.id", ondelete="CASCADE"), unique=True, default=None
    )
    reason: Mapped[str | None] = mapped_column(String(REPLACEMENT_REASON_LENGTH), default=None)

    @property
    def signature(self) -> str:
        """The reviewer's name at that time, or a placeholder when the account is deleted."""
        return signature_of(self.reviewer_name, self.reviewer_id)


def signature_of(name: str, reviewer_id: int | None) -> str:
    """Return the reviewer's name at that time, or a placeholder when the account is deleted."""
    return name if reviewer_id is not None else NOBODY
