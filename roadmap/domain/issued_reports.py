"""Reports that were frozen: an identifier that can be checked, with the hashes of what was handed out."""

import secrets
from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.domain.base import Base
from roadmap.domain.enrollments import Enrollment
from roadmap.domain.users import User

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP_LENGTH = 4, 4
IDENTIFIER_LENGTH = 19
MOST_ISSUED = 200


def new_identifier() -> str:
    """An identifier people can read out: four groups of four, 79 bits of chance."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def tidy_identifier(typed: str) -> str:
    """The identifier as it is stored, however it was typed."""
    plain = "".join(each for each in typed.upper() if each.isascii() and each.isalnum())
    return "-".join(plain[start : start + _GROUP_LENGTH] for start in range(0, len(plain), _GROUP_LENGTH))


class IssuedReport(Base):
    """A frozen report: the SHA-256, in hex, of its canonical JSON and of the stored PDF."""

    __tablename__ = "issued_reports"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    identifier: Mapped[str] = mapped_column(String(IDENTIFIER_LENGTH), unique=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollments.id", ondelete="CASCADE"), index=True)
    enrollment: Mapped[Enrollment] = relationship(init=False, viewonly=True)

    as_of: Mapped[date]
    issued_at: Mapped[datetime]
    json_hash: Mapped[str] = mapped_column(String(64), index=True)
    pdf_hash: Mapped[str] = mapped_column(String(64), index=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


def issued_reports_of(person: User) -> Select[IssuedReport]:
    """The reports this person froze."""
    return (
        select(IssuedReport)
        .join(Enrollment, Enrollment.id == IssuedReport.enrollment_id)
        .where(Enrollment.user_id == person.id)
    )
