"""The page of one milestone: its text and state, notes, evidence, changes and reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.evidence import Evidence, EvidenceRevision
from roadmap.domain.learning.notes import Note, Reason
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.learning.progress import UNTOUCHED
from roadmap.domain.learning.readiness import ready_milestones
from roadmap.domain.roadmaps.outlines import MilestoneOutline
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.histories import ChangeView, changes_of
from roadmap.queries.mentoring.messages import MessageView, conversation_on
from roadmap.queries.mentoring.submissions import SubmissionPanel, find_submission_panel
from roadmap.queries.pages.milestone_panel import (
    MilestonePanel,
    Neighbour,
    find_states_with,
    neighbour_of,
)


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence as it is now: a link, a text, or both."""

    public_id: str
    version: int
    title: str
    url: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class MilestonePage(MilestonePanel):
    """All that the page of one milestone shows."""

    numbers: Numbers
    reason: str
    opens: tuple[Neighbour, ...]
    note: str
    note_version: int
    evidence: tuple[EvidenceView, ...]
    changes: tuple[ChangeView, ...]
    review: SubmissionPanel
    conversation: tuple[MessageView, ...]
    before: str | None
    after: str | None


def find_milestone_page(
    session: Session, public_id: str, key: str, *, seen_by: User, at: datetime
) -> MilestonePage:
    """The page of one milestone of the edition the enrollment follows."""
    enrollment, states = find_states_with(session, public_id, key, seen_by=seen_by, at=at)
    outline = enrollment.stored.outline
    milestone = outline.milestones[key]
    milestone_state = states.get(key, UNTOUCHED)
    keys = list(outline.milestones)
    place = keys.index(key)
    return MilestonePage(
        enrollment=enrollment,
        numbers=measure(enrollment.plan, states),
        milestone=milestone,
        skill=outline.skill_of[key],
        milestone_state=milestone_state,
        reason=_reason(session, milestone_state.reason_id),
        in_plan=key in enrollment.plan.milestones,
        ready=key in ready_milestones(enrollment.plan, states),
        prerequisites=tuple(
            neighbour_of(enrollment, states, neighbour) for neighbour in milestone.prerequisites
        ),
        opens=tuple(
            neighbour_of(enrollment, states, neighbour) for neighbour in _opened_by(enrollment, milestone)
        ),
        note=_note(session, milestone_state.note_id) if enrollment.is_own else "",
        note_version=milestone_state.note_id or 0,
        evidence=tuple(_evidence(session, enrollment, key)),
        changes=tuple(changes_of(session, enrollment, seen_by=seen_by, milestone_key=key)),
        review=find_submission_panel(session, enrollment, milestone, milestone_state, at=at),
        conversation=conversation_on(session, enrollment.id, enrollment.stored.ids[key], seen_by=seen_by),
        before=keys[place - 1] if place else None,
        after=keys[place + 1] if place + 1 < len(keys) else None,
    )


def _opened_by(enrollment: EnrollmentView, milestone: MilestoneOutline) -> list[str]:
    outline = enrollment.stored.outline
    opened = outline.opened_by.get(milestone.key, []) + outline.opened_by.get(
        outline.skill_of[milestone.key].key, []
    )
    return list(dict.fromkeys(opened))


def _reason(session: Session, reason_id: int | None) -> str:
    query = select(Reason.text).where(Reason.id == reason_id)
    return (session.scalar(query) if reason_id is not None else None) or ""


def _note(session: Session, note_id: int | None) -> str:
    query = select(Note.text).where(Note.id == note_id)
    return (session.scalar(query) if note_id is not None else None) or ""


def _evidence(session: Session, enrollment: EnrollmentView, key: str) -> Sequence[EvidenceView]:
    revision, ids = EvidenceRevision, enrollment.stored.ids_of(key)
    rows = session.execute(
        select(Evidence.public_id, revision.id, revision.title, revision.url, revision.text)
        .join(revision, revision.id == Evidence.revision_id)
        .where(Evidence.enrollment_id == enrollment.id, Evidence.milestone_id.in_(ids))
        .order_by(Evidence.id)
    )
    return [EvidenceView(row[0], row[1], row[2] or "", row[3], row[4]) for row in rows]
