"""Who verified a milestone, and how a reader can know that it was somebody else.

A learner can always make a second account, so a report says of each reviewer who vouches for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

INVITED = "invited by the learner"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Whoever verified a milestone; name and domain are None where a report leaves out names.

    `known_as` is a phrase for readers, and `domain` that of the confirmed address, if it was confirmed.
    """

    name: str | None
    known_as: str
    domain: str | None = None

    @property
    def shown_name(self) -> str:
        """The name, or a word for mentors who are not named."""
        return self.name or "Mentors who are not named here"

    @property
    def description(self) -> str:
        """How they are known and the domain, such as "invited by the learner, example.org"."""
        return f"{self.known_as}, {self.domain}" if self.domain else self.known_as

    def without_names(self) -> "Reviewer":
        """The same reviewer for readers who may not know who it is."""
        return Reviewer(None, self.known_as)


def describe_reviewers(reviewers: Mapping[Reviewer, int]) -> str:
    """A sentence on who verified how many milestones and how each is known; empty where nobody did."""
    parts = [
        f"{reviewer.name or 'mentors who are not named here'}"
        + (f" ({reviewer.description})" if reviewer.description else "")
        + f": {count} {'milestone' if count == 1 else 'milestones'}"
        for reviewer, count in reviewers.items()
    ]
    return f"Verified by {'; '.join(parts)}." if parts else ""


def approved_by(installation: str) -> str:
    """How a mentor is known whom the administrators of an installation approved."""
    return f"approved by the administrators of {installation or 'this installation'}"


def domain_of(email: str) -> str:
    """The part of an address after its @."""
    return email.rpartition("@")[2]
