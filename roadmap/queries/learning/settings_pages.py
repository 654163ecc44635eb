"""The choices of an enrollment: pathways with what each adds, both numbers and the outlook."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.cache.states import states_in
from roadmap.domain.accounts.users import User
from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.learning.targets import Outlook
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_own_enrollment
from roadmap.queries.learning.snapshots import outlook_with, snapshot_of
from roadmap.queries.roadmaps.pathways import PathwayGroupChoice, Size, pathway_choices, size_of


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The settings with the numbers and the outlook: as they are, or as they would be with other choices."""

    enrollment: EnrollmentView
    groups: tuple[PathwayGroupChoice, ...]
    numbers: Numbers
    preview: Numbers | None
    size: Size
    outlook: Outlook


def find_settings_page(
    session: Session, public_id: str, *, seen_by: User, at: datetime, chosen: Settings | None = None
) -> SettingsPage:
    """The settings of an enrollment; with `chosen` also what would follow from those, even if not valid."""
    enrollment = find_own_enrollment(session, public_id, seen_by=seen_by, at=at)
    states = states_in(session, enrollment)
    plan = enrollment.stored.plan_for((chosen or enrollment.settings).pathways)
    return SettingsPage(
        enrollment=enrollment,
        groups=pathway_choices(enrollment.stored.outline),
        numbers=measure(enrollment.plan, states),
        preview=measure(plan, states) if chosen else None,
        size=size_of(plan),
        outlook=outlook_with(plan, states, chosen, today=enrollment.today)
        if chosen
        else snapshot_of(session, enrollment).outlook,
    )
