"""What a mark changes on the list: its row, the rows it makes ready or later, the bars, both numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roadmap.domain.numbers import Numbers, add_up, measure, tally_skills
from roadmap.domain.outlines import AreaOutline, SkillOutline
from roadmap.domain.readiness import affected_milestones, ready_milestones
from roadmap.domain.users import User
from roadmap.queries.enrollments import EnrollmentView, find_enrollment, standings_in
from roadmap.queries.roadmap_pages import Row, make_row


@dataclass(frozen=True, slots=True)
class MarkedParts:
    """The parts of the list that a change may have changed."""

    enrollment: EnrollmentView
    numbers: Numbers
    rows: tuple[Row, ...]
    skills: tuple[tuple[SkillOutline, Numbers], ...]
    areas: tuple[tuple[AreaOutline, Numbers], ...]


def find_marked_parts(
    session: Session, public_id: str, keys: Sequence[str], *, seen_by: User, at: datetime
) -> MarkedParts:
    """The parts after a change of these milestones; those that left the edition have none."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    plan, outline = enrollment.plan, enrollment.stored.outline
    standings = standings_in(session, enrollment)
    tallies, ready = tally_skills(plan, standings), frozenset(ready_milestones(plan, standings))
    marked = [key for key in keys if key in outline.milestones]
    skills = list({outline.skill_of[key].key: outline.skill_of[key] for key in marked}.values())
    areas = [area for area in outline.areas if any(skill in area.skills for skill in skills)]

    def numbers_of(some: Iterable[SkillOutline]) -> Numbers:
        return add_up(plan, [tallies[skill.key] for skill in some if skill.key in tallies])

    return MarkedParts(
        enrollment=enrollment,
        numbers=measure(plan, standings),
        rows=tuple(
            make_row(outline.milestones[key], standings, ready)
            for key in affected_milestones(outline, marked)
        ),
        skills=tuple((skill, numbers_of([skill])) for skill in skills),
        areas=tuple((area, numbers_of(area.skills)) for area in areas),
    )
