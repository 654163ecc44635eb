"""What an account's archive tells of mentoring: submissions, reviews, mentorships, invitations."""

from dataclasses import dataclass
from datetime import datetime

from roadmap.domain.archive_learning import Who
from roadmap.domain.invitations import InvitationOutcome, InvitedAs
from roadmap.domain.progress import Verification
from roadmap.domain.reviews import Outcome
from roadmap.domain.submissions import SubmissionState


@dataclass(frozen=True, slots=True)
class SubmissionRecord:
    """A milestone that was handed in; `revisions` is its evidence, frozen."""

    enrollment: str
    submission: str
    milestone: str
    edition: int
    title: str
    criteria: tuple[str, ...]
    comment: str | None
    came_from: Verification
    submitted_at: datetime
    state: SubmissionState
    nudges: int
    revisions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """An answer that the person got, or, `by` themselves, gave to somebody who is not named."""

    review: str
    submission: str | None
    by: Who
    reviewer: str
    title: str
    outcome: Outcome
    feedback: str | None
    criteria: tuple[int, ...]
    reviewed_at: datetime
    replaces: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class MentorshipRecord:
    """A mentorship from either side; `note` is the mentor's private one, which belongs to both their data."""

    mentorship: str
    role: InvitedAs
    other: str
    roadmap: str | None
    started_at: datetime
    seen_at: datetime | None
    ended_at: datetime | None
    ended_by: Who | None
    note: str


@dataclass(frozen=True, slots=True)
class InvitationRecord:
    """An offer that the person made, or got at their address."""

    invitation: str
    by: Who
    inviter: str
    email: str
    invited_as: InvitedAs
    roadmap: str | None
    created_at: datetime
    expires_at: datetime
    outcome: InvitationOutcome | None
    ended_at: datetime | None
