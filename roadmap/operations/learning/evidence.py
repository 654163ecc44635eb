"""Add, revise and withdraw evidence: a title with a link, a text, or both."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.allowed_links import why_no_link, with_scheme
from roadmap.domain.errors import invalid, or_not_found
from roadmap.domain.learning.enrollments import Enrollment
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.evidence import MAX_EVIDENCE, TEXT_LENGTH, URL_LENGTH, Evidence, EvidenceRevision
from roadmap.domain.roadmaps.roadmaps import TITLE_LENGTH
from roadmap.operations.learning.enrollments import outline_of
from roadmap.operations.learning.events import record_change
from roadmap.operations.learning.progress import find_milestone
from roadmap.operations.text_rules import check_length, check_unchanged, clean_text, clean_title


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """The evidence a person typed: a title with a link, a text, or both."""

    title: str
    url: str = ""
    text: str = ""


def add_evidence(
    session: Session, enrollment: Enrollment, key: str, draft: EvidenceDraft, *, by: User, at: datetime
) -> int:
    """Add a piece of evidence to a milestone. Return the number of the change; raise Invalid."""
    milestone_id, draft = find_milestone(session, enrollment, key), _clean_draft(draft)
    pieces = select_evidence(session, enrollment, key).with_only_columns(func.count())
    if (session.scalar(pieces) or 0) >= MAX_EVIDENCE:
        raise invalid(
            title=f"A milestone can have at most {MAX_EVIDENCE} pieces of evidence. Withdraw one first."
        )
    evidence = Evidence(enrollment_id=enrollment.id, milestone_id=milestone_id)
    session.add(evidence)
    session.flush()
    return _record(session, enrollment, evidence, _add_revision(session, evidence, draft), by=by, at=at)


def revise_evidence(
    session: Session,
    enrollment: Enrollment,
    key: str,
    evidence_id: str,
    draft: EvidenceDraft,
    *,
    version: int,
    by: User,
    at: datetime,
) -> int | None:
    """Change a piece of evidence. Return the number of the change, or None when nothing differs.

    `version` is the id of the revision the person saw; raises StaleText when there is a newer one.
    """
    evidence, draft = _find(session, enrollment, key, evidence_id), _clean_draft(draft)
    present = session.get_one(EvidenceRevision, evidence.revision_id)
    if (present.title or "", present.url or "", present.text or "") == (draft.title, draft.url, draft.text):
        return None
    current = "\n\n".join(filter(None, (present.url, present.text)))
    check_unchanged(version, present.id, what="evidence", current=current)
    return _record(session, enrollment, evidence, _add_revision(session, evidence, draft), by=by, at=at)


def withdraw_evidence(
    session: Session, enrollment: Enrollment, key: str, evidence_id: str, *, by: User, at: datetime
) -> int:
    """Withdraw a piece of evidence. Return the number of the change, whose undo restores it."""
    return _record(session, enrollment, _find(session, enrollment, key, evidence_id), None, by=by, at=at)


def _find(session: Session, enrollment: Enrollment, key: str, evidence_id: str) -> Evidence:
    find_milestone(session, enrollment, key)
    query = select_evidence(session, enrollment, key).where(Evidence.public_id == evidence_id)
    return or_not_found(session.scalar(query), "There is no such evidence, or it was withdrawn.")


def select_evidence(session: Session, enrollment: Enrollment, key: str) -> Select[Evidence]:
    """Return a select of the evidence of a milestone that was not withdrawn."""
    ids = outline_of(session, enrollment).ids_of(key)
    of_milestone = (Evidence.enrollment_id == enrollment.id, Evidence.milestone_id.in_(ids))
    return select(Evidence).where(*of_milestone, Evidence.revision_id.is_not(None))


def _record(
    session: Session,
    enrollment: Enrollment,
    evidence: Evidence,
    revision_id: int | None,
    *,
    by: User,
    at: datetime,
) -> int:
    event = {
        "kind": EventKind.EVIDENCE_SET,
        "milestone_id": evidence.milestone_id,
        "evidence_id": evidence.id,
        "revision_id": revision_id,
    }
    return record_change(session, enrollment, [event], by=by, at=at)


def _add_revision(session: Session, evidence: Evidence, draft: EvidenceDraft) -> int:
    revision = EvidenceRevision(
        evidence_id=evidence.id, title=draft.title, url=draft.url or None, text=draft.text or None
    )
    session.add(revision)
    session.flush()
    return revision.id


def _clean_draft(draft: EvidenceDraft) -> EvidenceDraft:
    cleaned = EvidenceDraft(
        title=clean_title(
            draft.title, field="title", most=TITLE_LENGTH, missing="Enter a title for the evidence."
        ),
        url=with_scheme(draft.url.strip()),
        text=clean_text(draft.text, field="text", most=TEXT_LENGTH),
    )
    if not cleaned.url and not cleaned.text:
        raise invalid(url="Add a link, some text, or both.")
    check_length(cleaned.url, field="url", most=URL_LENGTH, noun="link")
    if cleaned.url and (reason := why_no_link(cleaned.url)):
        raise invalid(url=reason)
    return cleaned
