"""The choices of an enrollment: pathways with what each adds, and both numbers as they would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.cache.states import states_in
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_own_enrollment
from roadmap.queries.roadmaps.pathways import (
    PathwayGroupChoice,
    Size,
    pathway_choices,
    size_of,
)


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The settings with the numbers now and, for other pathways under consideration, then."""

    enrollment: EnrollmentView
    groups: tuple[PathwayGroupChoice, ...]
    numbers: Numbers
    preview: Numbers | None
    size: Size


def find_settings_page(
    session: Session, public_id: str, *, seen_by: User, at: datetime, pathways: Sequence[str] | None = None
) -> SettingsPage:
    """The settings of an enrollment; with `pathways` also what both numbers would be with those."""
    enrollment = find_own_enrollment(session, public_id, seen_by=seen_by, at=at)
    states = states_in(session, enrollment)
    chosen = enrollment.settings.pathways if pathways is None else pathways
    plan = enrollment.stored.plan_for(chosen)
    return SettingsPage(
        enrollment=enrollment,
        groups=pathway_choices(enrollment.stored.outline),
        numbers=measure(enrollment.plan, states),
        preview=None if pathways is None else measure(plan, states),
        size=size_of(plan),
    )
