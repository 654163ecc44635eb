"""What the header of every page says about a person: their roadmap, and how much waits for them."""

from typing import Any, NamedTuple, Self

from sqlalchemy import Connection, case, func, literal, select, true

from roadmap.domain.base import constant
from roadmap.domain.enrollments import Enrollment, EnrollmentState, enrollments_of
from roadmap.domain.roadmaps import Edition
from roadmap.domain.submissions import Submission, SubmissionState, submissions_reviewed_by
from roadmap.domain.users import ANYONE, User
from roadmap.queries.enrollments import EnrollmentView
from roadmap.statements import Prepared


class OwnRoadmap(NamedTuple):
    """The roadmap that the header leads to."""

    public_id: str
    title: str


class HeaderFacts(NamedTuple):
    """How many submissions wait for a person, and the roadmap they started last, None without one."""

    waiting: int
    roadmap: OwnRoadmap | None

    @classmethod
    def of(cls, waiting: int, enrollment: EnrollmentView | None) -> Self:
        """The facts of a page that has read them anyway."""
        return cls(waiting, OwnRoadmap(enrollment.public_id, enrollment.title) if enrollment else None)


_COUNT: Any = (
    submissions_reviewed_by(ANYONE)
    .where(Submission.state == constant(SubmissionState.OPEN))
    .with_only_columns(func.count())
)


def _statement() -> Any:
    is_paused = case((Enrollment.state == constant(EnrollmentState.ACTIVE), 0), else_=1)
    own = (
        enrollments_of(ANYONE)
        .where(Enrollment.state != constant(EnrollmentState.ARCHIVED))
        .join(Edition, Edition.id == Enrollment.edition_id)
        .order_by(is_paused, Enrollment.started_on.desc(), Enrollment.id.desc())
        .limit(1)
        .with_only_columns(Enrollment.public_id, Edition.title)
        .subquery()
    )
    one = select(literal(1).label("one")).subquery()
    return select(_COUNT.scalar_subquery(), own.c.public_id, own.c.title).select_from(
        one.outerjoin(own, true())
    )


_FACTS = Prepared(_statement())
_WAITING = Prepared(_COUNT)


def count_waiting(connection: Connection, person: User) -> int:
    """How many submissions wait for this person: all that a page of their own roadmap still has to ask."""
    return int(_WAITING.rows(connection, {"person_id": person.id})[0][0])


def find_header(connection: Connection, person: User) -> HeaderFacts:
    """The facts in one statement; a paused roadmap comes after all that run."""
    waiting, public_id, title = _FACTS.rows(connection, {"person_id": person.id})[0]
    return HeaderFacts(int(waiting), OwnRoadmap(public_id, title) if public_id is not None else None)
