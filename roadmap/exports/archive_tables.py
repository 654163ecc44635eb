"""The tables of an account's archive: what each file holds, in words, and its columns."""

from dataclasses import dataclass, fields
from typing import Any

from roadmap.domain import archive_learning as learning
from roadmap.domain import archive_mentoring as mentoring
from roadmap.domain import archives as accounts
from roadmap.domain.archives import AccountArchive


@dataclass(frozen=True, slots=True)
class ArchiveTable:
    """One list of the archive, which is a CSV file as well; `about` is a sentence for readers."""

    name: str
    kind: type
    about: str

    @property
    def file(self) -> str:
        """Where it is in the ZIP."""
        return f"csv/{self.name}.csv"

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, which are the fields of its records."""
        return tuple(field.name for field in fields(self.kind))

    def rows(self, archive: AccountArchive) -> tuple[Any, ...]:
        """Its records; the profile is a single one."""
        found = getattr(archive, self.name)
        return found if isinstance(found, tuple) else (found,)


PROFILE = ArchiveTable("profile", accounts.ProfileRecord, "Your account and its settings.")
TABLES = (
    ArchiveTable("enrollments", learning.EnrollmentRecord, "The roadmaps you follow, with your settings."),
    ArchiveTable(
        "editions",
        learning.EditionRecord,
        "The editions that your record names, and those you wrote. Each is a roadmap file in “roadmaps”.",
    ),
    ArchiveTable(
        "events",
        learning.EventRecord,
        "Every recorded fact. In the order of their numbers they add up to your progress on any day.",
    ),
    ArchiveTable("notes", learning.TextRecord, "Your private notes; a new number for each saved state."),
    ArchiveTable("reasons", learning.TextRecord, "Why you set a mark; the events say which."),
    ArchiveTable(
        "evidence", learning.EvidenceRecord, "Your evidence; each change of a piece is a revision of its own."
    ),
    ArchiveTable(
        "submissions",
        mentoring.SubmissionRecord,
        "What you handed in, with its criteria and the revisions of your evidence at that time.",
    ),
    ArchiveTable(
        "reviews",
        mentoring.ReviewRecord,
        "Answers you got, and answers you gave, without what the learner wrote.",
    ),
    ArchiveTable(
        "mentorships",
        mentoring.MentorshipRecord,
        "Your mentors and those you mentor, with the mentor’s note, which is part of both people’s data.",
    ),
    ArchiveTable("invitations", mentoring.InvitationRecord, "Invitations you made, and those you got."),
    ArchiveTable("shares", accounts.ShareRecord, "Your share links, and how often each was opened."),
    ArchiveTable("feeds", accounts.FeedRecord, "Your badges and calendars."),
    ArchiveTable("issued", accounts.IssuedRecord, "Frozen reports about you; their files are in “reports”."),
    ArchiveTable("sessions", accounts.SessionRecord, "Where you are signed in."),
    ArchiveTable(
        "audits", accounts.AuditRecord, "Sign-ins and changes of rights, yours and of your account."
    ),
    ArchiveTable("mails", accounts.MailRecord, "Mails to you, without their texts."),
)
