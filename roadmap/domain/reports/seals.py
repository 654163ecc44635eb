"""What a frozen report says about itself, and who issued it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from roadmap.domain.reports.numbers import describe


class IssuedAs(StrEnum):
    """Who froze the report: the learner it is about, or a mentor."""

    LEARNER = "learner"
    MENTOR = "mentor"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a frozen report says about itself; whoever has a copy can check it at `verify_at`."""

    identifier: str
    verify_at: str
    issued_on: date
    issued_as: IssuedAs
    issued_by: str | None = field(metadata=describe("The name at that time; null where names are left out."))

    @property
    def issuer(self) -> str:
        """The name and the role, or the role alone."""
        role = "the learner" if self.issued_as is IssuedAs.LEARNER else "a mentor"
        return f"{self.issued_by}, {role}" if self.issued_by else role
