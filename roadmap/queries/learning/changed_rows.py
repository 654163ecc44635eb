"""What a mark changes on the list: its row, the rows it makes ready or later, the bars, both numbers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.milestone_states import StatesById
from roadmap.domain.learning.numbers import Numbers, count_extra, sum_totals
from roadmap.domain.learning.readiness import affected_milestones, ready_among
from roadmap.domain.roadmaps.outlines import AreaOutline, SkillOutline
from roadmap.edition_cache import StoredOutline
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.milestone_list import Row, make_row
from roadmap.state_cache import states_by_id, states_by_key_view


@dataclass(frozen=True, slots=True)
class ChangedRows:
    """The parts of the list that a change may have changed."""

    stored: StoredOutline
    numbers: Numbers
    rows: tuple[Row, ...]
    skills: tuple[tuple[SkillOutline, Numbers], ...]
    areas: tuple[tuple[AreaOutline, Numbers], ...]


def find_changed_rows(
    session: Session, public_id: str, keys: Sequence[str], *, seen_by: User, at: datetime
) -> ChangedRows:
    """The parts after a change of these milestones."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    states = states_by_id(session, enrollment)
    return changed_rows(enrollment.stored, enrollment.settings.pathways, states, keys)


def changed_rows(
    stored: StoredOutline, pathways: Collection[str], states_found: StatesById, keys: Sequence[str]
) -> ChangedRows:
    """The parts as these states leave them; milestones that left the edition have none."""
    outline, plan, states = (
        stored.outline,
        stored.plan_for(pathways),
        states_by_key_view(stored, states_found),
    )
    tallies = states_found.skill_totals(plan, stored.ids, stored.keys)
    marked = [key for key in keys if key in outline.milestones]
    affected = affected_milestones(outline, marked)
    ready = ready_among(plan, states, affected)
    skills = {outline.skill_of[key].key: outline.skill_of[key] for key in marked}
    areas = [area for area in outline.areas if any(skill.key in skills for skill in area.skills)]

    def numbers_of(some: Iterable[SkillOutline]) -> Numbers:
        return sum_totals(plan, [tallies[skill.key] for skill in some if skill.key in tallies])

    return ChangedRows(
        stored=stored,
        numbers=sum_totals(plan, tallies.values(), count_extra(plan, states)),
        rows=tuple(make_row(outline.milestones[key], states, ready) for key in affected),
        skills=tuple((skill, numbers_of([skill])) for skill in skills.values()),
        areas=tuple((area, numbers_of(area.skills)) for area in areas),
    )
