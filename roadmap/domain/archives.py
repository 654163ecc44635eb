"""Everything an account holds, as plain values: what its export is written from, and can be read back to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from roadmap.domain.archive_learning import (
    EditionRecord,
    EnrollmentRecord,
    EventRecord,
    EvidenceRecord,
    TextRecord,
    Who,
)
from roadmap.domain.archive_mentoring import (
    InvitationRecord,
    MentorshipRecord,
    ReviewRecord,
    SubmissionRecord,
)
from roadmap.domain.audits import AuditKind
from roadmap.domain.outlines import Outline
from roadmap.domain.reports import ProgressReport
from roadmap.domain.secret_links import LinkPurpose


@dataclass(frozen=True, slots=True)
class ProfileRecord:
    """The account itself."""

    name: str
    email: str
    time_zone: str
    created_at: datetime
    is_admin: bool
    letter_keys: bool
    wants_digest: bool
    digested_at: datetime | None
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class ShareRecord:
    """A share link to a report, without its secret; `as_of` is empty for a live one."""

    share: str
    enrollment: str
    created_at: datetime
    created_on: date
    expires_on: date
    as_of: date | None
    shows_evidence: bool
    shows_names: bool
    opens: int
    last_opened_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class IssuedRecord:
    """A frozen report about the person; its two files are in the archive as they are."""

    code: str
    enrollment: str
    by: Who | None
    as_of: date
    issued_at: datetime
    issued_on: date
    shows_evidence: bool
    shows_names: bool
    json_hash: str
    pdf_hash: str
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """A badge or a calendar, without its secret."""

    feed: str
    enrollment: str
    purpose: LinkPurpose
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A session that had not ended."""

    agent: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_remembered: bool


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An entry of the audit log that the person made or that is about them."""

    at: datetime
    kind: AuditKind
    by: Who | None
    subject: Who | None
    address: str | None


@dataclass(frozen=True, slots=True)
class MailRecord:
    """A mail to the person, without its text, which is erased once it is sent."""

    recipient: str
    subject: str
    created_at: datetime
    due_at: datetime
    expires_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class AccountArchive:
    """All of it, as of `exported_at`; outlines and reports stand beside the records."""

    format: Literal[1]
    exported_at: datetime
    profile: ProfileRecord
    editions: tuple[EditionRecord, ...]
    enrollments: tuple[EnrollmentRecord, ...]
    events: tuple[EventRecord, ...]
    notes: tuple[TextRecord, ...]
    reasons: tuple[TextRecord, ...]
    evidence: tuple[EvidenceRecord, ...]
    submissions: tuple[SubmissionRecord, ...]
    reviews: tuple[ReviewRecord, ...]
    mentorships: tuple[MentorshipRecord, ...]
    invitations: tuple[InvitationRecord, ...]
    shares: tuple[ShareRecord, ...]
    feeds: tuple[FeedRecord, ...]
    issued: tuple[IssuedRecord, ...]
    sessions: tuple[SessionRecord, ...]
    audits: tuple[AuditRecord, ...]
    mails: tuple[MailRecord, ...]


@dataclass(frozen=True)
class AccountExport:
    """An archive with what is written beside it, by file: outlines, reports as of today, frozen reports."""

    archive: AccountArchive
    today: date
    outlines: tuple[tuple[str, Outline], ...]
    reports: tuple[tuple[str, ProgressReport], ...]
    frozen: tuple[tuple[str, bytes], ...]

    @property
    def file_name(self) -> str:
        """The name of the file: the day, nothing that somebody typed."""
        return f"roadmap-data-{self.today.isoformat()}"
