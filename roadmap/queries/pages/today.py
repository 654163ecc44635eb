"""The Today page: next milestones of each roadmap, returned and waiting work, and the hours of this week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.states import States, states_of
from roadmap.domain.accounts.users import User
from roadmap.domain.charts.activity_calendar import ActivityCalendar, draw_activity_calendar
from roadmap.domain.learning.activities import Activity, Week, days_together
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.learning.targets import Outlook
from roadmap.domain.mentoring.mentorships import Mentorship
from roadmap.domain.news.items import NewsItem, news_items
from roadmap.domain.news.rows import UNSEEN
from roadmap.domain.roadmaps.outlines import MilestoneOutline
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import enrollments_for
from roadmap.queries.learning.snapshots import outlook_in
from roadmap.queries.mentoring.queues import QueueItem, queue_items
from roadmap.queries.mentoring.returned_work import Returned, Waiting, find_returned, find_waiting
from roadmap.queries.pages.activity import activities_of, weeks_in
from roadmap.queries.pages.next_steps import NextStep, next_steps
from roadmap.queries.roadmaps.roadmaps import CatalogEntry, catalog_for

REVISIT_AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Revisit:
    """A milestone to come back to, on its day or later."""

    milestone: MilestoneOutline
    revisit_on: date


@dataclass(frozen=True, slots=True)
class TodayCard:
    """One active roadmap; `week` is the present one.

    `finished` counts what was done since Monday, as the year of days does: also what is not in the plan.
    """

    enrollment: EnrollmentView
    numbers: Numbers
    next_steps: tuple[NextStep, ...]
    revisits: tuple[Revisit, ...]
    returned: tuple[Returned, ...]
    waiting: tuple[Waiting, ...]
    week: Week
    finished: int
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class TodayPage:
    """News, the roadmaps a person works on with a year of days, those set aside, and what waits for a mentor.

    For whoever has no roadmap at all `catalog` is what they can start; for whoever works on none, `mentees`
    are the names of those they mentor.
    """

    news: tuple[NewsItem, ...]
    cards: tuple[TodayCard, ...]
    calendar: ActivityCalendar | None
    paused: tuple[EnrollmentView, ...]
    archived: tuple[EnrollmentView, ...]
    queue: tuple[QueueItem, ...]
    mentees: tuple[str, ...]
    catalog: tuple[CatalogEntry, ...]


def find_today_page(session: Session, *, seen_by: User, at: datetime) -> TodayPage:
    """Everything on Today in eight statements at most, however many roadmaps there are."""
    enrollments = enrollments_for(session, seen_by, at=at)
    by_state = {
        state: [enrollment for enrollment in enrollments if enrollment.state is state]
        for state in EnrollmentState
    }
    active = by_state[EnrollmentState.ACTIVE]
    activities = activities_of(session, active) if active else {}
    return TodayPage(
        news=unseen_news(session, seen_by, at=at),
        cards=_cards(session, active, activities, seen_by, at),
        calendar=_heat(active, activities),
        paused=tuple(by_state[EnrollmentState.PAUSED]),
        archived=tuple(by_state[EnrollmentState.ARCHIVED]),
        queue=tuple(queue_items(session, seen_by=seen_by, at=at)),
        mentees=() if active else _mentees(session, seen_by),
        catalog=() if enrollments else tuple(catalog_for(session, seen_by)),
    )


def _mentees(session: Session, mentor: User) -> tuple[str, ...]:
    names = select(User.name).join(Mentorship, Mentorship.learner_id == User.id).distinct()
    mentored = names.where(Mentorship.mentor_id == mentor.id, Mentorship.ended_at.is_(None))
    return tuple(session.scalars(mentored.order_by(User.name)))


def _cards(
    session: Session,
    active: Sequence[EnrollmentView],
    activities: Mapping[int, Activity],
    seen_by: User,
    at: datetime,
) -> tuple[TodayCard, ...]:
    states = states_of(session, active) if active else {}
    returned = find_returned(session, active, states)
    waiting = find_waiting(session, active, states, learner=seen_by, at=at)
    weeks = {
        enrollment.id: weeks_in(enrollment, states[enrollment.id], activities[enrollment.id])[-1]
        for enrollment in active
    }
    return tuple(
        TodayCard(
            enrollment=enrollment,
            numbers=measure(enrollment.plan, states[enrollment.id]),
            next_steps=next_steps(enrollment, states[enrollment.id]),
            revisits=tuple(_revisits(enrollment, states[enrollment.id])),
            returned=returned[enrollment.id],
            waiting=waiting[enrollment.id],
            week=weeks[enrollment.id],
            finished=activities[enrollment.id].finished_since(weeks[enrollment.id].monday),
            outlook=outlook_in(enrollment, states[enrollment.id], activities[enrollment.id].state_changes),
        )
        for enrollment in active
    )


def _heat(active: Sequence[EnrollmentView], activities: Mapping[int, Activity]) -> ActivityCalendar | None:
    """One year for all roadmaps: a person has one day, wherever they work."""
    if not active:
        return None
    days = days_together(activities[enrollment.id].days for enrollment in active)
    return draw_activity_calendar(days, max(enrollment.day_on_record for enrollment in active))


def _revisits(enrollment: EnrollmentView, states: States) -> list[Revisit]:
    milestones = enrollment.stored.outline.milestones
    horizon = enrollment.today + REVISIT_AHEAD
    revisits = [
        Revisit(milestones[key], milestone_state.revisit_on)
        for key, milestone_state in states.items()
        if milestone_state.revisit_on is not None and milestone_state.revisit_on <= horizon
    ]
    return sorted(revisits, key=lambda revisit: (revisit.revisit_on, revisit.milestone.title))


def unseen_news(session: Session, person: User, *, at: datetime) -> tuple[NewsItem, ...]:
    """What this person has not seen by `at`, in one statement: what needs changes first, then the newest."""
    return news_items(session.connection().execute(UNSEEN, {"person_id": person.id, "at": at}))
