"""Issued reports: frozen as of a day, with an identifier and hashes to verify a copy by."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.accounts.users import User
from roadmap.domain.base import Base
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.mentoring.mentorships import is_seen_by
from roadmap.domain.reports.rows import Listed

CODE_LENGTH = 12
GROUP = 4
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """The bytes of an issued report, each with its SHA-256 in hex."""

    json: bytes
    json_hash: str
    pdf: bytes
    pdf_hash: str


class IssuedReport(Base):
    """A frozen report, which goes only with its learner; `withdrawn_at` changes once, other columns never.

    Except `is_disclosed`: whether the identifier alone shows name, roadmap and both numbers at `/verify`.
    `listed` is which milestones were asked for; without it the JSON has all, the PDF those that are done.
    """

    __tablename__ = "issued_reports"
    __table_args__ = (
        CheckConstraint("as_of <= issued_on", name="as_of"),
        CheckConstraint("withdrawn_at >= issued_at", name="withdrawn_at"),
    )

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    enrollment: Mapped[Enrollment] = relationship(init=False, viewonly=True)
    issuer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)

    as_of: Mapped[date]
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]
    shows_evidence: Mapped[bool]
    shows_names: Mapped[bool]
    json_hash: Mapped[str] = mapped_column(String(64), unique=True)
    pdf_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # Deferred, so that a list of reports does not load the files.
    json: Mapped[bytes] = mapped_column(deferred=True)
    pdf: Mapped[bytes] = mapped_column(deferred=True)

    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    is_disclosed: Mapped[bool] = mapped_column(default=False, server_default=false())
    listed: Mapped[Listed | None] = mapped_column(default=None)

    @property
    def identifier(self) -> str:
        """The code as people read it: `K7QM-2XPA-9RTD`."""
        return write_identifier(self.code)


def new_code() -> str:
    """Return a code of 60 random bits, without letters that look or sound like others."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def write_identifier(code: str) -> str:
    """Return the code in groups that are easy to read aloud: `K7QM-2XPA-9RTD`."""
    return "-".join(code[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def read_identifier(text: str) -> str | None:
    """Return the code of a typed identifier, or None; case, spaces and dashes do not matter, nor O for 0."""
    letters = "".join(filter(str.isalnum, text[:100].upper())).translate(_READ_AS)
    is_code = len(letters) == CODE_LENGTH and set(letters) <= set(ALPHABET)
    return letters if is_code else None


def issued_reports_seen_by(person: User) -> Select[IssuedReport]:
    """Return a select of the issued reports about this person or about a learner they mentor now."""
    return select(IssuedReport).join(IssuedReport.enrollment).where(is_seen_by(person))


def may_withdraw(person_id: int, *, learner_id: int, issuer_id: int | None) -> bool:
    """Return whether a person who sees the report may withdraw it: its learner or its issuer."""
    return person_id in {learner_id, issuer_id}
