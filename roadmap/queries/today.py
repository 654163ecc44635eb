"""Today: what is next on each roadmap, what to revisit, and this week's hours against the goal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from roadmap.domain.enrollments import EnrollmentState
from roadmap.domain.forecasts import hours_done, monday_of
from roadmap.domain.numbers import Numbers, measure
from roadmap.domain.outlines import MilestoneOutline, SkillOutline
from roadmap.domain.readiness import ready_milestones
from roadmap.domain.users import User
from roadmap.queries.enrollments import EnrollmentView, Standings, enrollments_for, standings_of
from roadmap.queries.roadmap_pages import Row, make_row

NEXT_MILESTONES = 3
REVISIT_AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A milestone to work on now."""

    row: Row
    skill: SkillOutline


@dataclass(frozen=True, slots=True)
class Revisit:
    """A milestone to come back to, and whether its day has come."""

    milestone: MilestoneOutline
    revisit_on: date
    is_due: bool


@dataclass(frozen=True, slots=True)
class TodayCard:
    """One active roadmap: `week_hours` were done since Monday, against the weekly goal."""

    enrollment: EnrollmentView
    numbers: Numbers
    next_steps: tuple[NextStep, ...]
    revisits: tuple[Revisit, ...]
    week_hours: Fraction
    week_done: int


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The roadmaps a person works on, and those set aside."""

    cards: tuple[TodayCard, ...]
    paused: tuple[EnrollmentView, ...]
    archived: tuple[EnrollmentView, ...]


def find_today_page(session: Session, *, seen_by: User, at: datetime) -> TodayPage:
    """Everything on Today in two statements, however many roadmaps there are."""
    enrollments = enrollments_for(session, seen_by, at=at)
    by_state = {state: [each for each in enrollments if each.state is state] for state in EnrollmentState}
    active = by_state[EnrollmentState.ACTIVE]
    standings = standings_of(session, active) if active else {}
    return TodayPage(
        cards=tuple(_card(each, standings[each.id]) for each in active),
        paused=tuple(by_state[EnrollmentState.PAUSED]),
        archived=tuple(by_state[EnrollmentState.ARCHIVED]),
    )


def _card(enrollment: EnrollmentView, standings: Standings) -> TodayCard:
    outline, plan = enrollment.stored.outline, enrollment.plan
    ready = ready_milestones(plan, standings)[:NEXT_MILESTONES]
    monday = monday_of(enrollment.today)
    week = [hours for day, hours in hours_done(plan, standings, enrollment.started_on) if day >= monday]
    return TodayCard(
        enrollment=enrollment,
        numbers=measure(plan, standings),
        next_steps=tuple(
            NextStep(make_row(outline.milestones[key], standings, ready), outline.skill_of[key])
            for key in ready
        ),
        revisits=tuple(_revisits(enrollment, standings)),
        week_hours=sum(week, Fraction()),
        week_done=len(week),
    )


def _revisits(enrollment: EnrollmentView, standings: Standings) -> list[Revisit]:
    milestones = enrollment.stored.outline.milestones
    horizon = enrollment.today + REVISIT_AHEAD
    found = [
        Revisit(milestones[key], standing.revisit_on, standing.revisit_on <= enrollment.today)
        for key, standing in standings.items()
        if standing.revisit_on is not None and standing.revisit_on <= horizon
    ]
    return sorted(found, key=lambda each: (each.revisit_on, each.milestone.title))
