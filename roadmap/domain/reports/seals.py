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
    is_disclosed: bool = field(
        default=False,
        metadata=describe(
            "Whether the learner lets the identifier alone show name, roadmap and both numbers."
        ),
    )

    @property
    def check(self) -> str:
        """A sentence on where to check it by its identifier; empty for a report that is not disclosed."""
        address = self.verify_at.partition("?")[0]
        return (
            f"Check this report at {address} with the identifier {self.identifier}."
            if self.is_disclosed
            else ""
        )

    @property
    def issuer(self) -> str:
        """The name and the role, or the role alone."""
        role = "the learner" if self.issued_as is IssuedAs.LEARNER else "a mentor"
        return f"{self.issued_by}, {role}" if self.issued_by else role
