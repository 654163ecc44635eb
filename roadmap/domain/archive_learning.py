"""What an account's archive tells of learning: enrollments, events, texts, evidence.

Records name each other by the public ids, keys and numbers that pages show; a text, a reason and a revision
by the number they have in the installation they come from.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from roadmap.domain.enrollments import EnrollmentState
from roadmap.domain.events import EventKind
from roadmap.domain.progress import Status, Verification
from roadmap.domain.roadmaps import EditionState


class Who(StrEnum):
    """The person, or somebody else, who is not named where the record is about the person alone."""

    SELF = "self"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """An edition that events name, or of a roadmap the person wrote; its outline is a file of its own."""

    roadmap: str
    edition: int
    title: str
    state: EditionState
    is_own: bool
    content_hash: str

    @property
    def file(self) -> str:
        """Where the outline is."""
        return f"roadmaps/{self.roadmap}-{self.edition}.yaml"


@dataclass(frozen=True, slots=True)
class EnrollmentRecord:
    """A roadmap that the person follows or followed, with its settings."""

    enrollment: str
    roadmap: str
    edition: int
    started_on: date
    pathways: tuple[str, ...]
    weekly_hours: float
    target_on: date | None
    state: EnrollmentState
    shows_forecast: bool


@dataclass(frozen=True, slots=True)
class EventRecord:
    """A recorded fact; `number` rises within its enrollment, `change` is the first number of its action."""

    enrollment: str
    number: int
    change: int
    kind: EventKind
    by: Who | None
    recorded_at: datetime
    recorded_on: date
    undoes: int | None
    occurred_on: date | None
    milestone: str | None
    status: Status | None
    known: bool | None
    reason: int | None
    revisit_on: date | None
    note: int | None
    evidence: str | None
    revision: int | None
    edition: int | None
    settings: dict[str, Any] | None
    verification: Verification | None
    submission: str | None
    review: str | None


@dataclass(frozen=True, slots=True)
class TextRecord:
    """A private note on a milestone, or, without a milestone, the reason of a mark."""

    enrollment: str
    number: int
    milestone: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """What a piece of evidence said at one time; one that is not current was changed or withdrawn later."""

    enrollment: str
    milestone: str
    evidence: str
    revision: int
    is_current: bool
    title: str | None
    url: str | None
    text: str | None
