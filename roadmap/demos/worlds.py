"""What the scripts share: the session, the stage, the accounts, and the work that waits for mentors."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.demos.stages import Script, Stage
from roadmap.domain.invitations import InvitedAs
from roadmap.domain.users import User
from roadmap.operations.invitations import answer_invitation, invite


@dataclass
class Handed:
    """Work handed in: whose answer it gets is settled by who comes first."""

    learner: str
    key: str
    public_id: str
    criteria: tuple[str, ...]
    at: datetime
    round: int
    must_come_back: bool = False
    is_held: bool = False
    is_closed: bool = False
    outcome: str = ""


@dataclass
class World:
    """One instance while its history is played; `key` signs links, `inboxes` are by the mentor's handle."""

    session: Session
    stage: Stage
    base_url: str
    key: str
    people: dict[str, User] = field(default_factory=dict)
    inboxes: defaultdict[str, list[Handed]] = field(default_factory=lambda: defaultdict(list))
    _mentors: set[tuple[str, str, str]] = field(default_factory=set)

    def mentors_of(self, learner: str, slug: str) -> set[str]:
        """The handles of those who mentor a learner on a roadmap, or on all."""
        return {mentor for each, mentor, where in self._mentors if each == learner and where in {"", slug}}

    def invite_mentor(self, learner: str, mentor: str, slug: str, *, answers_in: float | None) -> None:
        """A learner invites a mentor, who accepts after so many minutes, or has not yet."""
        _, secret = invite(
            self.session,
            email=self.people[mentor].email,
            invited_as=InvitedAs.MENTOR,
            slug=slug,
            by=self.people[learner],
            at=self.stage.now,
            base_url=self.base_url,
        )
        if answers_in is not None:
            self.stage.add(self._accept(learner, mentor, slug, secret, answers_in))

    def _accept(self, learner: str, mentor: str, slug: str, secret: str, minutes: float) -> Script:
        yield self.stage.in_minutes(minutes)
        answer_invitation(self.session, secret, accepts=True, by=self.people[mentor], at=self.stage.now)
        self._mentors.add((learner, mentor, slug))
