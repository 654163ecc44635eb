"""The facts in the header of every page: a person's roadmaps, and how much waits for them."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import case, func, literal, select, true
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.base import inline_literal
from roadmap.domain.learning.enrollments import Enrollment, EnrollmentState, enrollments_of
from roadmap.domain.mentoring.messages import questions_for
from roadmap.domain.mentoring.submissions import Submission, SubmissionState, submissions_reviewed_by
from roadmap.domain.news.rows import UNSEEN_COUNT
from roadmap.domain.roadmaps.roadmaps import Edition

MOST_ROADMAPS = 2


class OwnRoadmap(NamedTuple):
    """A roadmap that the header leads to."""

    public_id: str
    title: str
    language: str


class HeaderFacts(NamedTuple):
    """How much waits for a person, the two active roadmaps they started last, and how much news there is.

    Without an active one it is a paused one, and none where all are archived.
    """

    waiting: int
    roadmaps: tuple[OwnRoadmap, ...]
    news: int = 0

    @property
    def roadmap(self) -> OwnRoadmap | None:
        """The first of them, None without one."""
        return next(iter(self.roadmaps), None)


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
        .limit(MOST_ROADMAPS)
        .with_only_columns(
            Enrollment.public_id,
            Edition.title,
            Edition.language,
            is_paused.label("is_paused"),
            Enrollment.started_on,
            Enrollment.id,
        )
        .subquery()
    )
    one = select(literal(1).label("one")).subquery()
    waiting = _COUNT.scalar_subquery() + _QUESTIONS.scalar_subquery()
    counts = (waiting.label("waiting"), UNSEEN_COUNT.label("news"))
    statement = select(*counts, own.c.public_id, own.c.title, own.c.language, own.c.is_paused)
    return statement.select_from(one.outerjoin(own, true())).order_by(
        own.c.is_paused, own.c.started_on.desc(), own.c.id.desc()
    )


_FACTS = _statement()


def find_header(session: Session, person: User, *, at: datetime) -> HeaderFacts:
    """The facts in one statement; active roadmaps come before paused ones."""
    rows = session.connection().execute(_FACTS, {"person_id": person.id, "at": at}).all()
    own = [row for row in rows if row.public_id is not None]
    shown = [row for row in own if not row.is_paused] or own[:1]
    roadmaps = tuple(OwnRoadmap(row.public_id, row.title, row.language) for row in shown)
    return HeaderFacts(rows[0].waiting, roadmaps, rows[0].news)
