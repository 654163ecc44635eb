"""What the actions of the demo are given: a step of somebody, in the installation being filled."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import cycle
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from roadmap.demo.entries import Entry, load_data
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.reports.issued import IssuedReport
from roadmap.domain.reports.links import Share
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.operations.learning.enrollments import today_of

Result = TypeVar("Result")


class Texts:
    """What people write, from `texts.yaml`."""

    def __init__(self) -> None:
        self.data = load_data("texts.yaml")
        self._cycles: dict[str, Iterator[str]] = {}

    def next(self, name: str) -> str:
        """The next text of a list, which begins again after its last."""
        if name not in self._cycles:
            self._cycles[name] = cycle(self.data[name])
        return next(self._cycles[name])

    def on_milestone(self, name: str, key: str) -> str:
        """The text of this milestone, or else the next of the others."""
        text: str | None = self.data[name].get(key)
        return text if text is not None else self.next(f"other_{name}")


@dataclass(frozen=True)
class Submitted:
    """Work that waits for a mentor or has an answer; `criteria` are those at that moment."""

    public_id: str
    criteria: tuple[str, ...]


@dataclass
class Installation:
    """The installation being filled, and what earlier steps made in it, by handle, slug and milestone."""

    session: Session
    ends_at: datetime
    outline: Outline
    password_hash: str
    base_url: str
    name: str
    key: str
    texts: Texts = field(default_factory=Texts)
    users: dict[str, User] = field(default_factory=dict)
    signed_in_at: dict[str, datetime] = field(default_factory=dict)
    # What happened before is no news to them when the demo begins.
    last_here_at: dict[str, datetime] = field(default_factory=dict)
    enrollments: dict[tuple[str, str], Enrollment] = field(default_factory=dict)
    # The secrets of invitations: learner, roadmap, mentor.
    invitations: dict[tuple[str, str, str], str] = field(default_factory=dict)
    # Learner and milestone; the last of each list is the one that later steps are about.
    submissions: defaultdict[tuple[str, str], list[Submitted]] = field(
        default_factory=lambda: defaultdict(list)
    )
    reviews: dict[str, str] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    reports: dict[str, IssuedReport] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One entry being played: who does it, when, and in which enrollment."""

    installation: Installation
    entry: Entry
    at: datetime

    @property
    def session(self) -> Session:
        return self.installation.session

    @property
    def by(self) -> User:
        """Who acts."""
        return self.installation.users[self.entry.by.handle]

    def perform(self, operation: Callable[..., Result], *values: Any, **options: Any) -> Result:
        """Call an operation as the person who acts, at this moment."""
        return operation(self.session, *values, by=self.by, at=self.at, **options)

    @property
    def learner(self) -> str:
        """The handle of whom the entry is about."""
        return self.entry.learner.handle

    @property
    def milestone(self) -> str:
        """The key of the milestone."""
        return self.entry.milestone

    @property
    def value(self) -> Any:
        """What the entry says beside its action and moment."""
        return self.entry.value

    @property
    def enrollment(self) -> Enrollment:
        return self.installation.enrollments[self.learner, self.entry.roadmap]

    @property
    def today(self) -> date:
        """The learner's day."""
        return today_of(self.enrollment, self.at)

    @property
    def submissions(self) -> list[Submitted]:
        """What the learner submitted for this milestone so far, the latest last."""
        return self.installation.submissions[self.learner, self.milestone]
