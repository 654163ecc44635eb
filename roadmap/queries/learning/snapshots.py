"""An enrollment with its states at one moment: all that its list, its map and its outlook follow from."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.cache.states import States, by_key, states_by_id
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState, Settings, state_changes
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.numbers import Numbers, SkillTotals, count_extra, sum_totals, total_skills
from roadmap.domain.learning.replay import StatesById
from roadmap.domain.learning.targets import Outlook, outlook_at, outlook_of, stated_pace
from roadmap.domain.local_dates import day_in
from roadmap.domain.roadmaps.outlines import SkillOutline
from roadmap.domain.roadmaps.plans import Plan
from roadmap.queries.learning.enrollment_views import EnrollmentPlan

StateChanges = Sequence[tuple[date, EnrollmentState]]

_SETTINGS = (
    select(Event.recorded_on, Event.settings)
    .where(Event.enrollment_id == bindparam("enrollment_id"), Event.kind == EventKind.SETTINGS_SET)
    .order_by(Event.number)
)


def outlook_in(
    enrollment: EnrollmentPlan,
    states: States,
    changes: StateChanges,
    totals: Collection[SkillTotals] | None = None,
) -> Outlook:
    """The forecast and the target of an enrollment put together; `totals` of its skills, where known."""
    return outlook_of(
        enrollment.plan,
        states,
        enrollment.settings,
        changes,
        started_on=enrollment.started_on,
        today=enrollment.today,
        totals=totals,
    )


def outlook_with(plan: Plan, states: States, settings: Settings, *, today: date) -> Outlook:
    """The outlook at the hours of settings that are still being chosen, which may not be valid yet."""
    hours = settings.weekly_hours
    pace = stated_pace(hours) if settings.shows_forecast else None
    totals = total_skills(plan, states).values()
    return outlook_at(plan, totals, pace, today=today, target_on=settings.target_on, goal=hours)


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
        return self.states_by_id.skill_totals(self.enrollment.plan, self.states)

    @cached_property
    def numbers(self) -> Numbers:
        plan = self.enrollment.plan
        return sum_totals(plan, self.totals_by_skill.values(), count_extra(plan, self.states))

    def numbers_of(self, skills: Iterable[SkillOutline]) -> Numbers:
        """Both numbers of those of these skills that are in the plan."""
        totals = self.totals_by_skill
        return sum_totals(
            self.enrollment.plan, [totals[skill.key] for skill in skills if skill.key in totals]
        )

    @property
    def outlook(self) -> Outlook:
        totals = self.totals_by_skill.values()
        return outlook_in(self.enrollment, self.states, self.state_changes, totals)


def snapshot_of(session: Session, enrollment: EnrollmentPlan) -> Snapshot:
    """The snapshot of an enrollment as this session sees it, in two statements at most, none where cached."""
    states = states_by_id(session, enrollment)
    if states.state_changes is None:
        events = session.connection().execute(_SETTINGS, {"enrollment_id": enrollment.id})
        states.state_changes = state_changes(events)
    return Snapshot(enrollment, states, states.state_changes)


def own_snapshot(session: Session, enrollment: Enrollment, *, at: datetime) -> Snapshot:
    """The snapshot of a row that its learner locked, with what this session has changed."""
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
