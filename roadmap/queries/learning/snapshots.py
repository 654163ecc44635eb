"""An enrollment with its states at one moment: all that its list, its map and its outlook follow from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.cache.states import States, by_key, states_by_id
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.milestone_states import StatesById
from roadmap.domain.learning.numbers import Numbers, SkillTotals, count_extra, sum_totals
from roadmap.domain.learning.targets import Outlook
from roadmap.domain.local_dates import day_in
from roadmap.queries.learning.enrollment_views import EnrollmentPlan
from roadmap.queries.learning.forecasts import StateChanges, enrollment_states_of, outlook_in


@dataclass(frozen=True)
class Snapshot:
    """An enrollment, its states and the changes of its settings; the rest is computed when it is asked for.

    A view that changes something takes it before the commit, and computes and renders after it: that needs no
    second session, and shows no state before or after its own change.
    """

    enrollment: EnrollmentPlan
    states_by_id: StatesById
    state_changes: StateChanges

    @cached_property
    def states(self) -> States:
        """The states of the milestones that have one, by key."""
        return by_key(self.enrollment.stored, self.states_by_id)

    @cached_property
    def totals_by_skill(self) -> dict[str, SkillTotals]:
        """The totals of each skill of the plan, by its key."""
        return self.states_by_id.skill_totals(self.enrollment.plan, self.states)

    @property
    def totals(self) -> Collection[SkillTotals]:
        return self.totals_by_skill.values()

    @property
    def numbers(self) -> Numbers:
        """Both numbers of the plan."""
        plan = self.enrollment.plan
        return sum_totals(plan, self.totals, count_extra(plan, self.states))

    @property
    def outlook(self) -> Outlook:
        """The forecast and the target put together."""
        return outlook_in(self.enrollment, self.states, self.state_changes, self.totals)


def snapshot_of(session: Session, enrollment: EnrollmentPlan) -> Snapshot:
    """The snapshot of an enrollment as this session sees it, in two statements at most."""
    changes = enrollment_states_of(session, [enrollment.id])[enrollment.id]
    return Snapshot(enrollment, states_by_id(session, enrollment), changes)


def own_snapshot(session: Session, enrollment: Enrollment, *, at: datetime) -> Snapshot:
    """The same of a row that its learner locked, with what this session has changed of it."""
    plan = EnrollmentPlan(
        id=enrollment.id,
        public_id=enrollment.public_id,
        is_own=True,
        started_on=enrollment.started_on,
        today=day_in(enrollment.user.time_zone, at),
        time_zone=enrollment.user.time_zone,
        last_recorded_on=enrollment.last_recorded_on,
        settings=enrollment.settings,
        stored=stored_outline(session, enrollment.edition_id),
        last_number=enrollment.last_number,
    )
    return snapshot_of(session, plan)
