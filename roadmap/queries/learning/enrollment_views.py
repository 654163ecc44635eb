"""An enrollment as its learner and its mentors see it."""

from dataclasses import dataclass
from datetime import date

from roadmap.cache.editions import StoredOutline
from roadmap.domain.learning.enrollments import EnrollmentState, Settings
from roadmap.domain.roadmaps.plans import Plan


@dataclass(frozen=True)
class EnrollmentPlan:
    """An enrollment with its edition and its settings: what its list, its map and its outlook take from it.

    `today` is the learner's day, in `time_zone`; `is_own` says whether the viewer is the learner, who alone
    changes it.
    """

    id: int
    public_id: str
    is_own: bool
    started_on: date
    today: date
    time_zone: str
    last_recorded_on: date | None
    settings: Settings
    stored: StoredOutline
    last_number: int

    @property
    def slug(self) -> str:
        return self.stored.outline.slug

    @property
    def title(self) -> str:
        return self.stored.outline.title

    @property
    def edition(self) -> int:
        """The number of the edition that the learner follows."""
        return self.stored.number

    @property
    def language(self) -> str:
        """The language of the texts of the edition; empty where nobody said it."""
        return self.stored.outline.language

    @property
    def state(self) -> EnrollmentState:
        return self.settings.state

    @property
    def day_on_record(self) -> date:
        """The latest day of a report: today, or a later day that was recorded further east."""
        return max(self.today, self.last_recorded_on or self.today)

    @property
    def target_on(self) -> date | None:
        return self.settings.target_on

    @property
    def weekly_hours(self) -> float:
        return self.settings.weekly_hours

    @property
    def is_archived(self) -> bool:
        return self.settings.state is EnrollmentState.ARCHIVED

    @property
    def is_paused(self) -> bool:
        return self.settings.state is EnrollmentState.PAUSED

    @property
    def plan(self) -> Plan:
        return self.stored.plan_for(self.settings.pathways)


@dataclass(frozen=True)
class EnrollmentView(EnrollmentPlan):
    """The same with its people; `newer_edition` is the number of one to accept, `mentorship` the public id
    of what lets a mentor see it.
    """

    learner: str
    learner_id: int
    newer_edition: int | None
    has_mentor: bool
    has_invited_mentor: bool
    mentorship: str | None

    @property
    def lacks_mentor(self) -> bool:
        """Whether the viewer is the learner and nobody mentors them here or has an open invitation to."""
        return self.is_own and not (self.has_mentor or self.has_invited_mentor or self.is_archived)
