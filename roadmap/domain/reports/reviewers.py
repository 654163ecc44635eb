"""Who verified a milestone, and how a reader can know that it was somebody else.

A learner can always make a second account, so a report says of each reviewer who vouches for them.
"""

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
    def description(self) -> str:
        """How they are known and the domain, such as "invited by the learner, example.org"."""
        return f"{self.known_as}, {self.domain}" if self.domain else self.known_as

    def without_names(self) -> "Reviewer":
        """The same reviewer for readers who may not know who it is."""
        return Reviewer(None, self.known_as)


def approved_by(installation: str) -> str:
    """How a mentor is known whom the administrators of an installation approved."""
    return f"approved by the administrators of {installation or 'this installation'}"


def domain_of(email: str) -> str:
    """The part of an address after its @."""
    return email.rpartition("@")[2]
