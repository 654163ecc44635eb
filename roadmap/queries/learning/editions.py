"""The offer of a newer edition: the difference, and both numbers before and after."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.cache.editions import StoredOutline, stored_outline
from roadmap.cache.states import states_by_id, states_in
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.events import Event, EventKind
from roadmap.domain.learning.merged_milestones import merged_states, new_merges
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.learning.progress import MilestoneState
from roadmap.domain.mentoring.submissions import Submission
from roadmap.domain.roadmaps.edition_diff import OutlineDifference, compare_outlines
from roadmap.domain.roadmaps.roadmaps import Edition
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_own_enrollment


@dataclass(frozen=True, slots=True)
class EditionOffer:
    """A newer edition beside the one followed."""

    number: int
    published_at: datetime | None
    difference: OutlineDifference
    after: Numbers


@dataclass(frozen=True, slots=True)
class EditionPage:
    """The edition followed with its numbers, and the offer of a newer one, None when it is the newest."""

    enrollment: EnrollmentView
    before: Numbers
    offer: EditionOffer | None


def find_edition_page(session: Session, public_id: str, *, seen_by: User, at: datetime) -> EditionPage:
    """What accepting the newest edition would change for this learner."""
    enrollment = find_own_enrollment(session, public_id, seen_by=seen_by, at=at)
    states = states_in(session, enrollment)
    offer = _offer(session, enrollment) if enrollment.newer_edition is not None else None
    return EditionPage(enrollment, measure(enrollment.plan, states), offer)


def withdrawn_titles(session: Session, enrollment_id: int, change: int | None) -> list[str]:
    """The titles of the submissions that a change withdrew."""
    query = (
        select(Submission.title)
        .join(Event, Event.submission_id == Submission.id)
        .where(Event.enrollment_id == enrollment_id, Event.change == change)
        .where(Event.kind == EventKind.WITHDRAWN)
    )
    return list(session.scalars(query.order_by(Event.number)))


def _offer(session: Session, enrollment: EnrollmentView) -> EditionOffer:
    edition = session.scalars(
        select(Edition).where(
            Edition.roadmap_id == enrollment.stored.roadmap_id, Edition.number == enrollment.newer_edition
        )
    ).one()
    newer = stored_outline(session, edition.id)
    return EditionOffer(
        number=edition.number,
        published_at=edition.published_at,
        difference=compare_outlines(enrollment.stored.outline, newer.outline, _old_keys(enrollment, newer)),
        after=measure(newer.plan_for(enrollment.settings.pathways), _carried(session, enrollment, newer)),
    )


def _carried(session: Session, enrollment: EnrollmentView, newer: StoredOutline) -> dict[str, MilestoneState]:
    """The learner's states by the keys of the newer edition; progress is stored per milestone."""
    states = states_by_id(session, enrollment)
    merged = merged_states(states, new_merges(enrollment.stored.merged, newer.merged))
    return {
        newer.keys[number]: state for number, state in {**states, **merged}.items() if number in newer.keys
    }


def _old_keys(enrollment: EnrollmentView, newer: StoredOutline) -> dict[str, str]:
    """The keys of the edition followed by those of the newer one, for what is in both."""
    old = enrollment.stored.keys
    return {key: old[number] for key, number in newer.ids.items() if number in old}
