"""The facts in the header of every page: a person's roadmap, and how much waits for them."""

from typing import Any, NamedTuple

from sqlalchemy import case, func, literal, select, true
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.base import inline_literal
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState, enrollments_of
from roadmap.domain.mentoring.messages import questions_for
from roadmap.domain.mentoring.submissions import Submission, SubmissionState, submissions_reviewed_by
from roadmap.domain.roadmaps.roadmaps import Edition


class OwnRoadmap(NamedTuple):
    """The roadmap that the header leads to."""

    public_id: str
    title: str


class HeaderFacts(NamedTuple):
    """How much waits for a person, and the roadmap they started last, None without one."""

    waiting: int
    roadmap: OwnRoadmap | None


_COUNT: Any = (
    submissions_reviewed_by(CURRENT_PERSON)
    .where(Submission.state == inline_literal(SubmissionState.OPEN))
    .with_only_columns(func.count())
)


_QUESTIONS: Any = questions_for(CURRENT_PERSON).with_only_columns(func.count())


def _statement() -> Any:
    is_paused = case((Enrollment.state == inline_literal(EnrollmentState.ACTIVE), 0), else_=1)
    own = (
        enrollments_of(CURRENT_PERSON)
        .where(Enrollment.state != inline_literal(EnrollmentState.ARCHIVED))
        .join(Edition, Edition.id == Enrollment.edition_id)
        .order_by(is_paused, Enrollment.started_on.desc(), Enrollment.id.desc())
        .limit(1)
        .with_only_columns(Enrollment.public_id, Edition.title)
        .subquery()
    )
    one = select(literal(1).label("one")).subquery()
    waiting = _COUNT.scalar_subquery() + _QUESTIONS.scalar_subquery()
    return select(waiting, own.c.public_id, own.c.title).select_from(one.outerjoin(own, true()))


_FACTS = _statement()


def find_header(session: Session, person: User) -> HeaderFacts:
    """The facts in one statement; active roadmaps come before paused ones."""
    waiting, public_id, title = session.connection().execute(_FACTS, {"person_id": person.id}).one()
    return HeaderFacts(waiting, OwnRoadmap(public_id, title) if public_id is not None else None)
