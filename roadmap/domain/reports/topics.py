"""The topics of what a person has done, by skill: what was verified comes before what is only claimed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from roadmap.domain.learning.progress import Status, Verification
from roadmap.domain.reports.rows import ReportMilestone

MAX_TOPICS = 6
"""More topics of one skill than this are no summary."""


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
