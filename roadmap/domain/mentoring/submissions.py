"""Submissions of milestones with a copy of their evidence, the claims of mentors, and their reviews."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, String, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.users import NAME_LENGTH, User
from roadmap.domain.base import Base, new_public_id, partial_index
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Verification
from roadmap.domain.mentoring.mentorships import is_mentored_by, is_seen_by
from roadmap.domain.roadmaps.roadmaps import TITLE_LENGTH

COMMENT_LENGTH = 5_000
CLAIM_LIFETIME = timedelta(minutes=30)
FEEDBACK_LENGTH = 10_000
REPLACEMENT_REASON_LENGTH = 500
NOBODY = "deleted account"
OWN_WORK = "You can’t review your own work. Another mentor has to do it."


class SubmissionState(StrEnum):
    """An open submission waits for a mentor; an answered one has a review."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    ANSWERED = "answered"


class Submission(Base):
    """One submission, with title, criteria and evidence as they were when it was submitted.

    With `signed_off`, a mentor made it: they verified in the same change what they saw in person.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        CheckConstraint("came_from IN ('none', 'returned')", name="came_from"),
        partial_index(
            "uq_submissions_open", "enrollment_id", "milestone_id", where="state = 'open'", unique=True
        ),
        Index("ix_submissions_milestone", "enrollment_id", "milestone_id"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), init=False, unique=True, default_factory=new_public_id)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"))
    enrollment: Mapped[Enrollment] = relationship(init=False, viewonly=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)

    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    criteria: Mapped[list[str]]
    comment: Mapped[str | None]
    came_from: Mapped[Verification]
    submitted_at: Mapped[datetime]

    state: Mapped[SubmissionState] = mapped_column(default=SubmissionState.OPEN)
    nudges: Mapped[int] = mapped_column(default=0)
    signed_off: Mapped[bool] = mapped_column(default=False, server_default=false())


class SubmissionEvidence(Base):
    """A piece of evidence in the revision that was submitted."""

    __tablename__ = "submission_evidence"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    revision_id: Mapped[int] = mapped_column(
        ForeignKey("evidence_revisions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]


class Claim(Base):
    """A mentor's claim on a submission while reviewing it, valid until `expires_at`."""

    __tablename__ = "claims"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    mentor_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    mentor: Mapped[User] = relationship(init=False, viewonly=True)
    claimed_at: Mapped[datetime]
    expires_at: Mapped[datetime]


def submissions_seen_by(person: User) -> Select[Submission]:
    """Return a select of the submissions this person may see: their own, and those they mentor now."""
    return select(Submission).join(Submission.enrollment).where(is_seen_by(person))


def submissions_reviewed_by(person: User) -> Select[Submission]:
    """Return a select of the submissions this person may review: those they mentor now, never their own."""
    mine = (is_mentored_by(person), Enrollment.user_id != person.id)
    return select(Submission).join(Submission.enrollment).where(*mine)


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


def submission_event(
    kind: EventKind, submission: Any, verification: Verification, **values: Any
) -> dict[str, Any]:
    """Return the values of an event that a submission, or a row of its columns, is about."""
    about = {"milestone_id": submission.milestone_id, "submission_id": submission.id}
    return {"kind": kind, **about, "verification": verification, **values}
