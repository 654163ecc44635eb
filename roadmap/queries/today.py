"""Today: what is next on each roadmap, what to revisit, and this week's hours against the goal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.enrollments import EnrollmentState
from roadmap.domain.forecasts import monday_of, weights_done
from roadmap.domain.numbers import Numbers, measure
from roadmap.domain.outlines import MilestoneOutline, SkillOutline
from roadmap.domain.progress import Standing, Status, Verification
from roadmap.domain.readiness import ready_milestones
from roadmap.domain.reviews import Review
from roadmap.domain.users import User
from roadmap.queries.enrollments import EnrollmentView, enrollments_for
from roadmap.queries.lists import Row, make_row
from roadmap.standings import Standings, standings_of

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
class Returned:
    """Work that came back; `feedback` is its first line."""

    milestone: MilestoneOutline
    reviewer: str
    reviewed_at: datetime
    feedback: str


@dataclass(frozen=True, slots=True)
class TodayCard:
    """One active roadmap: `week_hours` were done since Monday, against the weekly goal."""

    enrollment: EnrollmentView
    numbers: Numbers
    next_steps: tuple[NextStep, ...]
    revisits: tuple[Revisit, ...]
    returned: tuple[Returned, ...]
    week_hours: Fraction
    week_done: int


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The roadmaps a person works on, and those set aside."""

    cards: tuple[TodayCard, ...]
    paused: tuple[EnrollmentView, ...]
    archived: tuple[EnrollmentView, ...]


def find_today_page(session: Session, *, seen_by: User, at: datetime) -> TodayPage:
    """Everything on Today in three statements at most, however many roadmaps there are."""
    enrollments = enrollments_for(session, seen_by, at=at)
    by_state = {state: [each for each in enrollments if each.state is state] for state in EnrollmentState}
    active = by_state[EnrollmentState.ACTIVE]
    standings = standings_of(session, active) if active else {}
    reviews = _returning_reviews(session, standings.values())
    return TodayPage(
        cards=tuple(_card(each, standings[each.id], reviews) for each in active),
        paused=tuple(by_state[EnrollmentState.PAUSED]),
        archived=tuple(by_state[EnrollmentState.ARCHIVED]),
    )


def _returning_reviews(session: Session, standings: Iterable[Standings]) -> dict[int, Review]:
    """The reviews of done work that came back, by id."""
    wanted = [each.review_id for some in standings for each in some.values() if _came_back(each)]
    rows = session.scalars(select(Review).where(Review.id.in_(wanted))) if wanted else ()
    return {review.id: review for review in rows}


def _came_back(standing: Standing) -> bool:
    return standing.status is Status.DONE and standing.verification is Verification.RETURNED


def _returned(enrollment: EnrollmentView, standings: Standings, reviews: dict[int, Review]) -> list[Returned]:
    milestones = enrollment.stored.outline.milestones
    found = [
        Returned(milestones[key], each.signature, each.reviewed_at, (each.feedback or "").partition("\n")[0])
        for key, standing in standings.items()
        if _came_back(standing) and (each := reviews.get(standing.review_id or 0)) is not None
    ]
    return sorted(found, key=lambda each: each.reviewed_at, reverse=True)


def _card(enrollment: EnrollmentView, standings: Standings, reviews: dict[int, Review]) -> TodayCard:
    outline, plan = enrollment.stored.outline, enrollment.plan
    ready = ready_milestones(plan, standings)[:NEXT_MILESTONES]
    monday = monday_of(enrollment.today)
    week = [weight for day, weight in weights_done(plan, standings, enrollment.started_on) if day >= monday]
    return TodayCard(
        enrollment=enrollment,
        numbers=measure(plan, standings),
        next_steps=tuple(
            NextStep(make_row(outline.milestones[key], standings, ready), outline.skill_of[key])
            for key in ready
        ),
        revisits=tuple(_revisits(enrollment, standings)),
        returned=tuple(_returned(enrollment, standings, reviews)),
        week_hours=Fraction(sum(week), plan.parts),
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
