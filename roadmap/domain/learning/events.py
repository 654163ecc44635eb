"""Events: all changes of an enrollment, appended once and never changed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.domain.base import Base, text_indexes
from roadmap.domain.learning.progress import Status, Verification


class EventKind(StrEnum):
    """What an event sets. Every event has the whole new value of the one thing it is about.

    Where milestones are merged, a submission moves to the milestone of the event, whose verification is set
    together with the review it comes from and the submission that is open, if there is one.
    """

    ENROLLED = "enrolled"
    PROGRESS_SET = "progress_set"
    REVISIT_SET = "revisit_set"
    NOTE_SET = "note_set"
    EVIDENCE_SET = "evidence_set"
    SETTINGS_SET = "settings_set"
    EDITION_SET = "edition_set"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    REVIEWED = "reviewed"
    SUBMISSION_MOVED = "submission_moved"
    VERIFICATION_SET = "verification_set"


OF_VERIFICATION = frozenset(
    {EventKind.SUBMITTED, EventKind.WITHDRAWN, EventKind.REVIEWED, EventKind.VERIFICATION_SET}
)


EventSubject = tuple[str, int]


class Event(Base):
    """One recorded value; `change` is the number of the first event of the same action."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("change <= number", name="change"),
        CheckConstraint("undoes < change", name="undoes"),
        CheckConstraint("occurred_on IS NULL OR occurred_on <= recorded_on", name="occurred_on"),
        CheckConstraint(
            "kind <> 'progress_set' OR (milestone_id IS NOT NULL AND status IS NOT NULL)", name="progress_set"
        ),
        Index("ix_events_milestone", "enrollment_id", "milestone_id"),
        *text_indexes(
            "events", "reason_id", "note_id", "evidence_id", "revision_id", "submission_id", "review_id"
        ),
        CheckConstraint(
            "kind NOT IN ('submitted', 'withdrawn', 'reviewed') OR (milestone_id IS NOT NULL"
            " AND submission_id IS NOT NULL AND verification IS NOT NULL)",
            name="verification",
        ),
        {"sqlite_with_rowid": False},
    )

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    change: Mapped[int]
    kind: Mapped[EventKind]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)

    recorded_at: Mapped[datetime]
    recorded_on: Mapped[date]

    undoes: Mapped[int | None] = mapped_column(default=None)
    occurred_on: Mapped[date | None] = mapped_column(default=None)
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"), index=True, default=None)
    status: Mapped[Status | None] = mapped_column(default=None)
    known: Mapped[bool | None] = mapped_column(default=None)
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reasons.id"), default=None)
    revisit_on: Mapped[date | None] = mapped_column(default=None)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("notes.id"), default=None)
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), default=None)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_revisions.id"), default=None)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"), default=None)
    settings: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    verification: Mapped[Verification | None] = mapped_column(default=None)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"), default=None)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id"), default=None)

    @property
    def subject(self) -> EventSubject:
        """What the event changes. A later event on the same subject blocks its undo."""
        if self.kind is EventKind.EVIDENCE_SET:
            return (self.kind, self.evidence_id or 0)
        if self.kind is EventKind.SUBMISSION_MOVED:
            return (self.kind, self.submission_id or 0)
        if self.kind in OF_VERIFICATION:
            return ("verification", self.milestone_id or 0)
        if self.milestone_id is not None:
            return (self.kind, self.milestone_id)
        return (self.kind, 0)


VALUE_COLUMNS = (
    "kind",
    "occurred_on",
    "milestone_id",
    "status",
    "known",
    "reason_id",
    "revisit_on",
    "note_id",
    "evidence_id",
    "revision_id",
    "edition_id",
    "settings",
    "verification",
    "submission_id",
    "review_id",
)
