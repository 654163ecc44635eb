"""The page of one milestone: its text and state, notes, evidence, changes and reviews; and its panel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from roadmap.cache.states import States, states_in
from roadmap.domain.accounts.users import User
from roadmap.domain.errors import NotFound
from roadmap.domain.learning.evidence import Evidence, EvidenceRevision
from roadmap.domain.learning.numbers import Numbers, measure
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Note, Reason, Status, Verification
from roadmap.domain.learning.readiness import is_met, ready_among
from roadmap.domain.mentoring.messages import Message, messages_seen_by
from roadmap.domain.roadmaps.outlines import MilestoneOutline, SkillOutline
from roadmap.queries.learning.enrollment_views import EnrollmentView
from roadmap.queries.learning.enrollments import find_enrollment
from roadmap.queries.learning.histories import ChangeView, changes_of
from roadmap.queries.mentoring.submissions import SubmissionPanel, find_submission_panel


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A prerequisite or a milestone or skill that this one unlocks; a skill has no status of its own."""

    key: str
    title: str
    is_skill: bool
    is_met: bool
    in_plan: bool
    status: Status | None
    verification: Verification | None


@dataclass(frozen=True, slots=True)
class MilestonePanel:
    """One milestone of an enrollment with its state and its prerequisites."""

    enrollment: EnrollmentView
    milestone: MilestoneOutline
    skill: SkillOutline
    milestone_state: MilestoneState
    in_plan: bool
    ready: bool
    prerequisites: tuple[Neighbour, ...]

    @property
    def status(self) -> Status:
        return self.milestone_state.status

    @property
    def verification(self) -> Verification:
        return self.milestone_state.verification

    @property
    def occurred_on(self) -> date | None:
        return self.milestone_state.occurred_on


def find_milestone_panel(
    session: Session, public_id: str, key: str, *, seen_by: User, at: datetime
) -> MilestonePanel:
    """The panel of one milestone, in fewer statements than its page; raises NotFound."""
    return MilestonePanel(**_panel_values(*_find_states_with(session, public_id, key, seen_by, at), key))


def _panel_values(enrollment: EnrollmentView, states: States, key: str) -> dict[str, Any]:
    outline = enrollment.stored.outline
    milestone = outline.milestones[key]
    return {
        "enrollment": enrollment,
        "milestone": milestone,
        "skill": outline.skill_of[key],
        "milestone_state": states.get(key, UNTOUCHED),
        "in_plan": key in enrollment.plan.milestones,
        "ready": key in ready_among(enrollment.plan, states, [key]),
        "prerequisites": tuple(_neighbour(enrollment, states, name) for name in milestone.prerequisites),
    }


def _find_states_with(
    session: Session, public_id: str, key: str, seen_by: User, at: datetime
) -> tuple[EnrollmentView, States]:
    """An enrollment and its states; raises NotFound, also where its edition has no milestone of this key."""
    enrollment = find_enrollment(session, public_id, seen_by=seen_by, at=at)
    if key not in enrollment.stored.outline.milestones:
        raise NotFound("This milestone isn’t in this roadmap.")
    return enrollment, states_in(session, enrollment)


def _neighbour(enrollment: EnrollmentView, states: States, key: str) -> Neighbour:
    """The milestone or skill of this key, as it is named beside another."""
    outline, plan = enrollment.stored.outline, enrollment.plan
    met = is_met(plan, states, key)
    if key in outline.skills:
        return Neighbour(key, outline.skills[key].title, True, met, key in plan.by_skill, None, None)
    milestone, milestone_state = outline.milestones[key], states.get(key, UNTOUCHED)
    return Neighbour(
        key,
        milestone.title,
        False,
        met,
        key in plan.milestones,
        milestone_state.status,
        milestone_state.verification,
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
    numbers: Numbers
    reason: str
    opens: tuple[Neighbour, ...]
    note: str
    note_version: int
    evidence: tuple[EvidenceView, ...]
    changes: tuple[ChangeView, ...]
    review: SubmissionPanel
    conversation: tuple[Message, ...]
    before: str | None
    after: str | None


def find_milestone_page(
    session: Session, public_id: str, key: str, *, seen_by: User, at: datetime
) -> MilestonePage:
    enrollment, states = _find_states_with(session, public_id, key, seen_by, at)
    outline = enrollment.stored.outline
    milestone, milestone_state = outline.milestones[key], states.get(key, UNTOUCHED)
    keys = list(outline.milestones)
    place = keys.index(key)
    return MilestonePage(
        **_panel_values(enrollment, states, key),
        numbers=measure(enrollment.plan, states),
        reason=_text(session, Reason, milestone_state.reason_id),
        opens=tuple(_neighbour(enrollment, states, name) for name in _opened_by(enrollment, milestone)),
        note=_text(session, Note, milestone_state.note_id) if enrollment.is_own else "",
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


def _text(session: Session, kind: type[Note | Reason], number: int | None) -> str:
    query = select(kind.text).where(kind.id == number)
    return (session.scalar(query) if number is not None else None) or ""


def _evidence(session: Session, enrollment: EnrollmentView, key: str) -> Sequence[EvidenceView]:
    revision, ids = EvidenceRevision, enrollment.stored.ids_of(key)
    rows = session.execute(
        select(Evidence.public_id, revision.id, revision.title, revision.url, revision.text)
        .join(revision, revision.id == Evidence.revision_id)
        .where(Evidence.enrollment_id == enrollment.id, Evidence.milestone_id.in_(ids))
        .order_by(Evidence.id)
    )
    return [EvidenceView(row[0], row[1], row[2] or "", row[3], row[4]) for row in rows]


def conversation_on(
    session: Session, enrollment_id: int, milestone_id: int, *, seen_by: User
) -> tuple[Message, ...]:
    """The messages on a milestone that this person may read, with their authors, oldest first."""
    readable = messages_seen_by(seen_by).where(
        Message.enrollment_id == enrollment_id, Message.milestone_id == milestone_id
    )
    return tuple(session.scalars(readable.options(joinedload(Message.author)).order_by(Message.id)))
