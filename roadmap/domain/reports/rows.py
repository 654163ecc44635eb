"""The milestones of a report, with days, evidence, reviewers and topics; part of its published shape."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.numbers import COUNT, HOURS, describe

INVITED = "invited by the learner"
MAX_TOPICS = 6
"""More topics of one skill than this are no summary."""


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


class Listed(StrEnum):
    """Which milestones a report lists: all, only those that are done, or only those that are verified."""

    ALL = "all"
    DONE = "done"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class ReportEvidence:
    """A piece of evidence: a title with a link, a text, or both."""

    title: str
    url: str | None
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMilestone:
    """A milestone as of the day; all days are the learner's own. Tables have its fields as their columns."""

    key: str
    title: str
    area: str
    skill: str
    in_plan: bool
    optional: bool
    status: Status
    verification: Verification
    known: bool = field(
        metadata=describe("Known before, so it counts toward the numbers but not toward the pace.")
    )
    hours_low: float = field(metadata=HOURS)
    hours_high: float = field(metadata=HOURS)
    hours_credited: float = field(metadata=describe("Estimated hours, if it is done.", HOURS))
    done_on: date | None = field(metadata=describe("The day it happened."))
    recorded_on: date | None = field(metadata=describe("The day it was recorded."))
    verified_on: date | None
    reviewer: str | None = field(metadata=describe("The name at that time."))
    reason: str | None = field(metadata=describe("Why it was skipped; left out together with evidence."))
    rounds: int | None = field(
        metadata=describe("Submissions reviewed or still waiting; null unless all are listed.", COUNT)
    )
    returns: int | None = field(
        metadata=describe("How often it was returned; null unless all are listed.", COUNT)
    )
    waited_days: int | None = field(
        metadata=describe("Days until the last review; null unless all are listed.", COUNT)
    )
    evidence: tuple[ReportEvidence, ...]
    # Reports that were frozen before these fields existed are read without them.
    reviewer_known_as: str | None = field(
        default=None, metadata=describe("Who vouches for the reviewer; also given where names are left out.")
    )
    reviewer_domain: str | None = field(
        default=None, metadata=describe("The domain of the reviewer's confirmed address.")
    )
    signed_off: bool = field(
        default=False, metadata=describe("Verified in person by a mentor, without a submission.")
    )
    criteria: tuple[str, ...] = field(
        default=(), metadata=describe("Completion criteria; once verified, as the reviewer saw them.")
    )
    topics: tuple[str, ...] = field(
        default=(), metadata=describe("The field's own terms for what it teaches.")
    )
    submitted_on: date | None = field(
        default=None, metadata=describe("The day of the submission that is waiting or was reviewed last.")
    )
    returned_on: date | None = field(
        default=None, metadata=describe("The day it was returned, until it is submitted again.")
    )

    @property
    def state(self) -> str:
        """The state in words: another status wins over the mentor's answer, and the answer over done."""
        if self.status is Status.DONE and self.verification is not Verification.NONE:
            return self.verification.value
        return self.status.value.replace("_", " ")

    @property
    def reviewed_by(self) -> Reviewer | None:
        """Whoever verified it; None where nobody did, or a report frozen long ago doesn't say."""
        if self.reviewer is None and self.reviewer_known_as is None:
            return None
        return Reviewer(self.reviewer, self.reviewer_known_as or "", self.reviewer_domain)


@dataclass(frozen=True, slots=True)
class SkillTopics:
    """Topics of a skill in plan order, each named once."""

    verified: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """All of them in one line, which says where they are only claimed; empty without any."""
        claimed = f"claimed only: {', '.join(self.claimed)}" if self.claimed else ""
        return " · ".join(filter(None, (", ".join(self.verified), claimed)))


def topics_by_skill(milestones: Iterable[ReportMilestone]) -> dict[tuple[str, str], SkillTopics]:
    """Return the topics of what is done, by the titles of area and skill; six for a skill at most."""
    verified: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    claimed: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for milestone in milestones:
        if milestone.status is Status.DONE:
            is_verified = milestone.verification is Verification.VERIFIED
            topics = (verified if is_verified else claimed)[milestone.area, milestone.skill]
            topics.update(dict.fromkeys(milestone.topics))
    return {skill: _first_topics(verified[skill], claimed[skill]) for skill in {**verified, **claimed}}


def _first_topics(verified: Iterable[str], claimed: Iterable[str]) -> SkillTopics:
    checked = tuple(verified)[:MAX_TOPICS]
    others = tuple(topic for topic in claimed if topic not in checked)
    return SkillTopics(checked, others[: MAX_TOPICS - len(checked)])
