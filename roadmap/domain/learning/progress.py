"""The progress of a learner on a milestone: status, verification, reason and note."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.domain.base import Base, text_indexes
from roadmap.domain.local_dates import day_in

NOTE_LENGTH = 20_000
REASON_LENGTH = 500


class Status(StrEnum):
    """The status a learner sets; any status may follow any other."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    SKIPPED = "skipped"


class Verification(StrEnum):
    """A mentor's latest review, if there is one."""

    NONE = "none"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"


class MilestoneState(NamedTuple):
    """The state of one milestone, replayed from its events.

    `occurred_on` is the day of the status; `submitted_at` is when the open submission was made, and
    `reviewed_at` when the latest review was given, `signed_off` if a mentor gave it in person. A named tuple
    and no dataclass, because a page creates a hundred of them.
    """

    status: Status = Status.NOT_STARTED
    occurred_on: date | None = None
    known: bool = False
    reason_id: int | None = None
    revisit_on: date | None = None
    note_id: int | None = None
    verification: Verification = Verification.NONE
    review_id: int | None = None
    submitted_at: datetime | None = None
    reviewed_at: datetime | None = None
    signed_off: bool = False

    @property
    def verification_at(self) -> datetime | None:
        """When the verification got its present value; None while there is none."""
        if self.verification is Verification.SUBMITTED:
            return self.submitted_at
        is_answered = self.verification in {Verification.RETURNED, Verification.VERIFIED}
        return self.reviewed_at if is_answered else None

    def shown_day(self, zone: str) -> date | None:
        """The day of the event behind the word that is shown, in the learner's zone; None if known before."""
        at = self.verification_at if self.status is Status.DONE else None
        if at is not None:
            return day_in(zone, at)
        return None if self.known or self.status is Status.NOT_STARTED else self.occurred_on


UNTOUCHED = MilestoneState()
"""The state of a milestone before any event."""
States = Mapping[str, MilestoneState]
"""Milestone states by key; milestones without one are untouched."""


class Progress(Base):
    """The stored state of one milestone in one enrollment; a milestone without a row is untouched."""

    __tablename__ = "progress"
    __table_args__ = (
        CheckConstraint("NOT known OR status = 'done'", name="known"),
        *text_indexes("progress", "reason_id", "note_id", "review_id"),
        {"sqlite_with_rowid": False},
    )

    enrollment_id: Mapped[int] = mapped_column(
        ForeignKey("enrollments.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    milestone_id: Mapped[int] = mapped_column(
        ForeignKey("milestones.id"), primary_key=True, autoincrement=False, index=True
    )
    status: Mapped[Status] = mapped_column(default=Status.NOT_STARTED)
    occurred_on: Mapped[date | None] = mapped_column(default=None)
    known: Mapped[bool] = mapped_column(default=False)
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reasons.id"), default=None)
    revisit_on: Mapped[date | None] = mapped_column(default=None)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("notes.id"), default=None)
    verification: Mapped[Verification] = mapped_column(default=Verification.NONE)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id"), default=None)


STATE_COLUMNS = tuple(
    getattr(Progress, name) for name in MilestoneState._fields if name in Progress.__table__.c
)
"""The stored columns in the order of the fields of `MilestoneState`, whose moments are in other tables."""


class Note(Base):
    """One version of the private note on a milestone; never changed, but it may be erased, without a text."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    milestone_id: Mapped[int] = mapped_column(ForeignKey("milestones.id"), index=True)
    text: Mapped[str | None]


class Reason(Base):
    """The reason a learner gave for a status; an erased one has no text."""

    __tablename__ = "reasons"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    text: Mapped[str | None]
