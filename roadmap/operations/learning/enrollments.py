"""Start a roadmap, change its settings, and accept a newer edition."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from roadmap.cache.editions import StoredOutline, stored_outline
from roadmap.cache.states import states_by_id
from roadmap.domain.accounts.users import CURRENT_PERSON, User
from roadmap.domain.errors import Conflict, Forbidden, ForbiddenReason, invalid, or_not_found
from roadmap.domain.learning.enrollments import (
    ARCHIVED,
    MAX_WEEKLY_HOURS,
    MIN_WEEKLY_HOURS,
    ONLY_ITS_LEARNER,
    Enrollment,
    EnrollmentState,
    Settings,
    enrollments_of,
)
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.merged_milestones import merged_states, merging_events, new_merges
from roadmap.domain.local_dates import check_ahead, day_in
from roadmap.domain.mentoring.mentorships import enrollments_seen_by
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.learning.events import record_change
from roadmap.operations.learning.moved_work import moving_events
from roadmap.operations.roadmaps.catalogs import find_open_roadmap
from roadmap.operations.roadmaps.editions import newest_edition

_LOCK = (
    enrollments_seen_by(CURRENT_PERSON)
    .where(Enrollment.public_id == bindparam("public_id"))
    .options(joinedload(Enrollment.user))
    .with_for_update(of=Enrollment)
    .execution_options(populate_existing=True)
)


def lock_enrollment(session: Session, public_id: str, *, by: User) -> Enrollment:
    """Return the person's own enrollment, locked until the transaction ends.

    Raises NotFound when the person does not see it, Forbidden when they only mentor it.
    """
    row = session.scalar(_LOCK, {"person_id": by.id, "public_id": public_id})
    enrollment = or_not_found(row, "There is no such roadmap.")
    if enrollment.user_id != by.id:
        raise Forbidden(ONLY_ITS_LEARNER, ForbiddenReason.LEARNER)
    return enrollment


def lock_open_enrollment(session: Session, public_id: str, *, by: User) -> Enrollment:
    """Return the person's own enrollment like `lock_enrollment`; raise Forbidden when it is archived."""
    enrollment = lock_enrollment(session, public_id, by=by)
    if enrollment.is_archived:
        raise Forbidden(ARCHIVED, ForbiddenReason.ARCHIVED)
    return enrollment


def today_of(enrollment: Enrollment, at: datetime) -> date:
    """Return the day it is where the learner is, which after a journey west may lie before the last event."""
    return day_in(enrollment.user.time_zone, at)


def outline_of(session: Session, enrollment: Enrollment) -> StoredOutline:
    """Return the outline of the edition this learner follows."""
    return stored_outline(session, enrollment.edition_id)


def start_enrollment(
    session: Session, slug: str, settings: Settings, *, by: User, at: datetime
) -> Enrollment:
    """Enroll the person on the newest edition of a roadmap.

    Raises NotFound without such a roadmap, Invalid for wrong settings, and Conflict when the person has an
    enrollment on it that is not archived.
    """
    roadmap, edition = find_open_roadmap(session, slug, by=by)
    today = day_in(by.time_zone, at)
    _check_settings(settings, stored_outline(session, edition.id).outline, today, before=None)
    check_only_one(session, roadmap.id, by=by)
    enrollment = Enrollment(
        user_id=by.id,
        roadmap_id=roadmap.id,
        edition_id=edition.id,
        started_on=today,
        pathways=list(settings.pathways),
        weekly_hours=settings.weekly_hours,
        target_on=settings.target_on,
        state=EnrollmentState.ACTIVE,
        shows_forecast=settings.shows_forecast,
    )
    session.add(enrollment)
    with conflict_if_already_active():
        session.flush()
    events: list[dict[str, Any]] = [
        {"kind": EventKind.ENROLLED, "occurred_on": today},
        {"kind": EventKind.EDITION_SET, "edition_id": edition.id},
        {"kind": EventKind.SETTINGS_SET, "settings": settings.as_json()},
    ]
    record_change(session, enrollment, events, by=by, at=at)
    return enrollment


def change_settings(
    session: Session, enrollment: Enrollment, settings: Settings, *, by: User, at: datetime
) -> int | None:
    """Change the settings. Return the number of the change, or None when nothing differs."""
    before = enrollment.settings
    if settings == before:
        return None
    if enrollment.is_archived and settings.state is EnrollmentState.ARCHIVED:
        raise Forbidden(ARCHIVED, ForbiddenReason.ARCHIVED)
    _check_settings(
        settings, outline_of(session, enrollment).outline, today_of(enrollment, at), before=before
    )
    if enrollment.is_archived:
        check_only_one(session, enrollment.roadmap_id, by=by)
    event = {"kind": EventKind.SETTINGS_SET, "settings": settings.as_json()}
    with conflict_if_already_active():
        return record_change(session, enrollment, [event], by=by, at=at)


def accept_edition(
    session: Session, enrollment: Enrollment, number: int | None, *, by: User, at: datetime
) -> int | None:
    """Follow the newest edition; progress stays with its milestone, also where that has another key now.

    Where several milestones became one, their states are merged and all submissions move to it. Evidence and
    messages are shown there without a move. Return the number of the change.

    Returns None when the learner already follows it. Raises Conflict when `number` is given and a newer
    edition was published since.
    """
    newest = newest_edition(session, session.get_one(Roadmap, enrollment.roadmap_id))
    if newest is None or newest.number <= outline_of(session, enrollment).number:
        return None
    if number is not None and number != newest.number:
        raise Conflict("A newer edition has been published. Review its changes first.")
    old, new = outline_of(session, enrollment), stored_outline(session, newest.id)
    states, merges = states_by_id(session, enrollment), new_merges(old.merged, new.merged)
    merged = merged_states(states, merges)
    events = [
        {"kind": EventKind.EDITION_SET, "edition_id": newest.id},
        *merging_events(states, merged),
        *moving_events(session, enrollment, merges, merged),
    ]
    return record_change(session, enrollment, events, by=by, at=at)


@contextmanager
def conflict_if_already_active() -> Iterator[None]:
    """Raise Conflict when the database refuses a second active enrollment, started at the same moment."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict("You already follow this roadmap.") from error


def check_only_one(session: Session, roadmap_id: int, *, by: User) -> None:
    """Raise Conflict when the person has an enrollment on this roadmap that is not archived."""
    others = enrollments_of(by).where(
        Enrollment.roadmap_id == roadmap_id, Enrollment.state != EnrollmentState.ARCHIVED
    )
    if session.scalar(others.limit(1)) is not None:
        raise Conflict("You already follow this roadmap. Archive it first to start again.")


def _check_settings(settings: Settings, outline: Outline, today: date, *, before: Settings | None) -> None:
    known = {pathway.key for pathway in outline.pathways} | set(before.pathways if before else ())
    unknown = [key for key in settings.pathways if key not in known]
    if unknown:
        raise invalid(pathways=f"This roadmap has no pathway “{unknown[0]}”. Choose from the ones listed.")
    hours = settings.weekly_hours
    if not MIN_WEEKLY_HOURS <= hours <= MAX_WEEKLY_HOURS or hours * 2 != int(hours * 2):
        limits = f"{MIN_WEEKLY_HOURS:g} to {MAX_WEEKLY_HOURS:g}"
        raise invalid(weekly_hours=f"Enter {limits} hours a week, in steps of 0.5.")
    if settings.target_on is not None and (before is None or settings.target_on != before.target_on):
        check_ahead(settings.target_on, today, field="target_date")
