"""A learner at work: takes up milestones, marks them, shows evidence, hands in, mends what came back."""

from datetime import date
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select

from roadmap.demos import learner_texts
from roadmap.demos.choices import next_milestone
from roadmap.demos.stages import Script
from roadmap.demos.stories import Story
from roadmap.demos.work_texts import work_on, write_up
from roadmap.demos.worlds import Handed, World
from roadmap.domain.enrollments import Enrollment, Settings
from roadmap.domain.evidence import Evidence
from roadmap.domain.outlines import VerificationMode
from roadmap.domain.plans import Plan, middle_hours
from roadmap.domain.progress import Status
from roadmap.domain.users import User
from roadmap.operations.enrollments import change_settings, outline_of
from roadmap.operations.evidence import EvidenceDraft, add_evidence, revise_evidence
from roadmap.operations.notes import set_note
from roadmap.operations.progress import mark_known, set_progress, set_revisit
from roadmap.operations.submissions import submit_milestone


class Learner:
    """One enrollment and what its learner keeps in mind; each method does what a person does at once."""

    def __init__(self, world: World, story: Story, enrollment: Enrollment) -> None:
        self.world, self.story, self.enrollment = world, story, enrollment
        self.chance = Random(f"{story.handle} {story.slug}")
        self.statuses: dict[str, Status] = {}
        self.handed: dict[str, Handed] = {}
        self.to_mark: list[tuple[str, date]] = []
        self.to_submit: list[str] = []
        self.revisits: dict[str, date] = {}
        self._shown: set[str] = set()
        self._left: dict[str, float] = {}

    @property
    def person(self) -> User:
        return self.world.people[self.story.handle]

    @property
    def plan(self) -> Plan:
        """What counts now, in the edition followed now."""
        return outline_of(self.world.session, self.enrollment).plan_for(self.enrollment.pathways)

    @property
    def today(self) -> date:
        return self.world.stage.now.astimezone(ZoneInfo(self.person.time_zone)).date()

    @property
    def mentors(self) -> set[str]:
        """The handles of those who mentor this learner on this roadmap now."""
        return self.world.mentors_of(self.story.handle, self.story.slug)

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to do, and all that was handed in is verified."""
        is_through = self.next() is None and not (self.to_mark or self.to_submit)
        return is_through and all(each.outcome == "verified" for each in self.handed.values())

    def next(self) -> str | None:
        """The milestone to work on now."""
        return next_milestone(self.plan, self.statuses, self.story, self.chance)

    def mark(
        self, key: str, status: Status, day: date | None = None, reason: str | None = None
    ) -> int | None:
        """Mark a milestone, perhaps on an earlier day."""
        self.statuses[key] = status
        return set_progress(
            self.world.session,
            self.enrollment,
            key,
            status,
            by=self.person,
            at=self.world.stage.now,
            occurred_on=day,
            reason=reason,
        )

    def know(self, skill: str) -> list[str]:
        """Mark what a skill needs as known before; returns the keys."""
        keys = [
            each.key for each in self.plan.outline.skills[skill].required if each.key not in self.statuses
        ]
        mark_known(self.world.session, self.enrollment, keys, by=self.person, at=self.world.stage.now)
        self.statuses |= dict.fromkeys(keys, Status.DONE)
        return keys

    def revisit(self, key: str, day: date | None) -> None:
        """Set the day to come back to a milestone, or clear it."""
        self.revisits.pop(key, None)
        if day is not None:
            self.revisits[key] = day
        set_revisit(self.world.session, self.enrollment, key, day, by=self.person, at=self.world.stage.now)

    def choose(self, settings: Settings) -> None:
        """Save other settings."""
        change_settings(
            self.world.session, self.enrollment, settings, by=self.person, at=self.world.stage.now
        )

    def needs_review(self, key: str) -> bool:
        found = self.plan.outline.milestones.get(key)
        return found is not None and found.verification is VerificationMode.MENTOR

    def hours_left(self, key: str) -> float:
        """The hours this milestone still takes this learner."""
        if key not in self._left:
            middle = float(middle_hours(self.plan.outline.milestones[key]))
            self._left[key] = middle * self.chance.uniform(0.75, 1.15)
        return self._left[key]

    def work(self, key: str, hours: float) -> None:
        """Spend hours on a milestone."""
        self._left[key] = self.hours_left(key) - hours

    def show(self, key: str) -> Script:
        """Add the evidence of a milestone, a few minutes for each piece."""
        pieces = work_on(key, self.story) or (write_up(key, self.story),)
        is_new = key not in self._shown
        self._shown.add(key)
        for draft in pieces if is_new else ():
            yield self.world.stage.in_minutes(self.chance.uniform(1, 4))
            self._add(key, draft)

    def write_note(self, key: str) -> None:
        text = learner_texts.note_on(key, self.chance)
        set_note(
            self.world.session,
            self.enrollment,
            key,
            text,
            version=0,
            by=self.person,
            at=self.world.stage.now,
        )

    def submit(self, key: str, comment: str) -> None:
        """Hand a milestone in to whoever mentors this learner."""
        earlier = self.handed.get(key)
        if earlier is not None and (not earlier.is_closed or earlier.outcome == "verified"):
            return
        submission, _ = submit_milestone(
            self.world.session, self.enrollment, key, comment, by=self.person, at=self.world.stage.now
        )
        handed = Handed(
            self.story.handle,
            key,
            submission.public_id,
            tuple(submission.criteria),
            self.world.stage.now,
            earlier.round + 1 if earlier else 1,
        )
        self.handed[key] = handed
        for mentor in sorted(self.mentors):
            self.world.inboxes[mentor].append(handed)

    def to_hand_in(self) -> str | None:
        """What is done and was kept back, the latest first; or else what a mentor has to see soonest."""
        waiting = {key for key, _ in self.to_mark}
        done = [key for key, status in self.statuses.items() if status is Status.DONE and key not in waiting]
        kept = [key for key in reversed(done) if key not in self.handed]
        untouched = [key for key in self.plan.weights if key not in self.statuses]
        return next((key for key in [*kept, self.next(), *untouched] if key and self.needs_review(key)), None)

    def mend(self, key: str) -> None:
        """Change what was shown after it came back: the link moves on, or a piece joins."""
        present = self.world.session.scalars(
            select(Evidence)
            .where(Evidence.enrollment_id == self.enrollment.id, Evidence.revision_id.is_not(None))
            .where(Evidence.milestone_id == outline_of(self.world.session, self.enrollment).ids[key])
        ).first()
        if present is None or present.revision_id is None or self.chance.random() < 0.5:
            self._add(key, learner_texts.second_piece(key, self.story))
            return
        first = (work_on(key, self.story) or (write_up(key, self.story),))[0]
        newer = EvidenceDraft(
            first.title, first.url and f"{first.url}/v2", first.text and first.text + learner_texts.ADDED
        )
        revise_evidence(
            self.world.session,
            self.enrollment,
            key,
            present.public_id,
            newer,
            version=present.revision_id,
            by=self.person,
            at=self.world.stage.now,
        )

    def _add(self, key: str, draft: EvidenceDraft) -> None:
        add_evidence(self.world.session, self.enrollment, key, draft, by=self.person, at=self.world.stage.now)
