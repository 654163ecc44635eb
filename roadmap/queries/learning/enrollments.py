"""An enrollment as people see it, a person's list of them, and what is done in one."""

from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from roadmap.cache.editions import StoredOutline, stored_outline
from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.base import inline_literal
from roadmap.domain.errors import Forbidden, ForbiddenReason, NotFound
from roadmap.domain.learning.enrollments import (
    ONLY_ITS_LEARNER,
    Enrollment,
    EnrollmentState,
    Settings,
    enrollments_of,
)
from roadmap.domain.learning.progress import Progress, Status
from roadmap.domain.local_dates import day_in
from roadmap.domain.mentoring.invitations import Invitation, has_invited_mentor
from roadmap.domain.mentoring.mentorships import (
    Mentorship,
    covers_enrollment,
    enrollments_mentored_by,
    enrollments_seen_by,
    has_mentor,
)
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Roadmap
from roadmap.queries.learning.enrollment_views import EnrollmentView


def _newest_number() -> Any:
    newer = aliased(Edition)
    published = (
        newer.roadmap_id == Enrollment.roadmap_id,
        newer.state == inline_literal(EditionState.PUBLISHED),
    )
    return select(func.max(newer.number)).where(*published).correlate(Enrollment).scalar_subquery()


_AT: BindParameter[datetime] = bindparam("at", type_=Invitation.expires_at.type)
PLAN_COLUMNS = (
    Enrollment.id,
    Enrollment.public_id,
    Enrollment.edition_id,
    Enrollment.started_on,
    Enrollment.pathways,
    Enrollment.weekly_hours,
    Enrollment.target_on,
    Enrollment.state,
    Enrollment.shows_forecast,
    Enrollment.last_number,
    Enrollment.last_recorded_on,
    User.name,
    User.time_zone,
)
"""What the plan of an enrollment and its states are found by, with the learner's name and time zone."""
_COLUMNS = (
    *PLAN_COLUMNS,
    Enrollment.user_id,
    _newest_number().label("newest"),
    has_mentor().label("has_mentor"),
    has_invited_mentor(_AT).label("has_invited_mentor"),
)


def _columns(scope: Select[Any]) -> Select[Any]:
    return scope.join(User, User.id == Enrollment.user_id).with_only_columns(*_COLUMNS)


def _mentorship_of(mentor: User) -> Any:
    covering = select(Mentorship.public_id).where(covers_enrollment(), Mentorship.mentor_id == mentor.id)
    return covering.order_by(Mentorship.id).limit(1).correlate(Enrollment).scalar_subquery()


_FIND = (
    _columns(enrollments_seen_by(CURRENT_PERSON))
    .add_columns(_mentorship_of(CURRENT_PERSON).label("mentorship"))
    .where(Enrollment.public_id == bindparam("public_id"))
)


def find_enrollment(session: Session, public_id: str, *, seen_by: User, at: datetime) -> EnrollmentView:
    """The enrollment, if this person may see it; else NotFound, the same as when there is none."""
    asked = {"person_id": seen_by.id, "public_id": public_id, "at": at}
    row = session.connection().execute(_FIND, asked).one_or_none()
    if row is None:
        raise NotFound("There is no such roadmap.")
    return _view(session, row, seen_by, at)


def find_own_enrollment(session: Session, public_id: str, *, seen_by: User, at: datetime) -> EnrollmentView:
    """The enrollment, if it is this person's own; Forbidden for a mentor who only looks at it."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    if not enrollment.is_own:
        raise Forbidden(ONLY_ITS_LEARNER, ForbiddenReason.LEARNER)
    return enrollment


def find_enrollment_on(session: Session, slug: str, *, of: User) -> Enrollment:
    """The person's enrollment on a roadmap, the latest where earlier ones are archived; raises NotFound."""
    on_roadmap = select(Roadmap.id).where(Roadmap.slug == slug).scalar_subquery()
    enrollment = session.scalars(
        enrollments_of(of)
        .where(Enrollment.roadmap_id == on_roadmap)
        .order_by(Enrollment.state == EnrollmentState.ARCHIVED, Enrollment.id.desc())
        .limit(1)
    ).first()
    if enrollment is None:
        raise NotFound(f"{of.email} is not on a roadmap named {slug}.")
    return enrollment


def enrollments_for(session: Session, person: User, *, at: datetime) -> list[EnrollmentView]:
    """The person's enrollments: active ones first, the latest started first."""
    return sorted(_views(session, enrollments_of(person), person, at), key=_state_first)


def enrollments_in(
    session: Session, mentorship: Mentorship, *, seen_by: User, at: datetime
) -> list[EnrollmentView]:
    """The enrollments that a mentorship of this mentor covers, in the same order."""
    covered = enrollments_mentored_by(seen_by).where(Enrollment.user_id == mentorship.learner_id)
    if mentorship.roadmap_id is not None:
        covered = covered.where(Enrollment.roadmap_id == mentorship.roadmap_id)
    return sorted(_views(session, covered, seen_by, at), key=_state_first)


def _views(session: Session, scope: Select[Any], person: User, at: datetime) -> list[EnrollmentView]:
    latest_first = (Enrollment.started_on.desc(), Enrollment.id.desc())
    rows = session.execute(_columns(scope).order_by(*latest_first), {"at": at})
    return [_view(session, row, person, at) for row in rows]


def _state_first(view: EnrollmentView) -> int:
    return list(EnrollmentState).index(view.state)


def _view(session: Session, row: Row[Any], person: User, at: datetime) -> EnrollmentView:
    stored = stored_outline(session, row.edition_id)
    return EnrollmentView(
        id=row.id,
        public_id=row.public_id,
        learner=row.name,
        learner_id=row.user_id,
        is_own=row.user_id == person.id,
        newer_edition=row.newest if row.newest is not None and row.newest > stored.number else None,
        started_on=row.started_on,
        today=day_in(row.time_zone, at),
        time_zone=row.time_zone,
        last_recorded_on=row.last_recorded_on,
        settings=Settings.of(row),
        stored=stored,
        last_number=row.last_number,
        has_mentor=bool(row.has_mentor),
        has_invited_mentor=bool(row.has_invited_mentor),
        mentorship=getattr(row, "mentorship", None),
    )


def done_milestones(session: Session, enrollment: str, stored: StoredOutline) -> frozenset[str]:
    """Return the keys of the milestones of an edition that are done in an enrollment."""
    query = (
        select(Progress.milestone_id)
        .join(Enrollment, Enrollment.id == Progress.enrollment_id)
        .where(Enrollment.public_id == enrollment, Progress.status == Status.DONE)
    )
    keys = stored.keys
    return frozenset(keys[number] for number in session.scalars(query) if number in keys)
