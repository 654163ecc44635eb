"""Rounds of a milestone: each submission with its frozen evidence and its reviews."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roadmap.domain.learning.evidence import EvidenceRevision
from roadmap.domain.mentoring.submissions import (
    Outcome,
    Review,
    Submission,
    SubmissionEvidence,
    SubmissionState,
)


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review; `criteria` are the indexes of the met criteria; a newer review may have replaced it."""

    public_id: str
    submission: str
    title: str
    outcome: Outcome
    feedback: str
    criteria: tuple[int, ...]
    reviewer: str
    reviewed_at: datetime
    reason: str | None
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class FrozenEvidence:
    """A piece of evidence as submitted; `change` says how it differs from the previous round."""

    revision: EvidenceRevision
    change: str


@dataclass(frozen=True, slots=True)
class Round:
    """One submission with its reviews, the latest last; with `signed_off` a mentor verified it in person."""

    public_id: str
    state: SubmissionState
    signed_off: bool
    submitted_at: datetime
    comment: str
    criteria: tuple[str, ...]
    evidence: tuple[FrozenEvidence, ...]
    dropped: tuple[str, ...]
    reviews: tuple[ReviewView, ...]

    @property
    def answer(self) -> ReviewView | None:
        """The current review; earlier ones were replaced."""
        return self.reviews[-1] if self.reviews else None


def reviews_of(session: Session, enrollment_id: int, *, limit: int) -> list[ReviewView]:
    """The latest reviews of an enrollment, newest first."""
    query = (
        _reviews().where(Submission.enrollment_id == enrollment_id).order_by(Review.id.desc()).limit(limit)
    )
    return _views(session.execute(query).all())


def rounds_of(session: Session, enrollment_id: int, milestone_id: int) -> list[Round]:
    """All rounds of a milestone, oldest first, each with how its evidence differs from the one before."""
    of_milestone = (Submission.enrollment_id == enrollment_id, Submission.milestone_id == milestone_id)
    submissions = session.scalars(select(Submission).where(*of_milestone).order_by(Submission.id)).all()
    evidence = _evidence(session, [submission.id for submission in submissions])
    answers: dict[str, list[ReviewView]] = defaultdict(list)
    for review in _views(session.execute(_reviews().where(*of_milestone).order_by(Review.id)).all()):
        answers[review.submission].append(review)
    rounds: list[Round] = []
    before: Sequence[EvidenceRevision] = ()
    for submission in submissions:
        rounds.append(_round(submission, evidence[submission.id], before, answers[submission.public_id]))
        if submission.state is not SubmissionState.WITHDRAWN and not submission.signed_off:
            before = evidence[submission.id]
    return rounds


def _reviews() -> Any:
    return select(Review, Submission.public_id, Submission.title).join(
        Submission, Submission.id == Review.submission_id
    )


def _views(rows: Sequence[Any]) -> list[ReviewView]:
    replaced = {review.replaces_id for review, _, _ in rows}
    return [
        ReviewView(
            public_id=review.public_id,
            submission=submission,
            title=title,
            outcome=review.outcome,
            feedback=review.feedback or "",
            criteria=tuple(review.criteria),
            reviewer=review.signature,
            reviewed_at=review.reviewed_at,
            reason=review.reason,
            is_replaced=review.id in replaced,
        )
        for review, submission, title in rows
    ]


def _evidence(session: Session, submissions: list[int]) -> dict[int, list[EvidenceRevision]]:
    rows = session.execute(
        select(SubmissionEvidence.submission_id, EvidenceRevision)
        .join(EvidenceRevision, EvidenceRevision.id == SubmissionEvidence.revision_id)
        .where(SubmissionEvidence.submission_id.in_(submissions))
        .order_by(SubmissionEvidence.submission_id, SubmissionEvidence.position)
    )
    evidence: dict[int, list[EvidenceRevision]] = defaultdict(list)
    for submission_id, revision in rows:
        evidence[submission_id].append(revision)
    return evidence


def _round(
    submission: Submission,
    evidence: Sequence[EvidenceRevision],
    before: Sequence[EvidenceRevision],
    reviews: Sequence[ReviewView],
) -> Round:
    present = {revision.evidence_id for revision in evidence}
    return Round(
        public_id=submission.public_id,
        state=submission.state,
        signed_off=submission.signed_off,
        submitted_at=submission.submitted_at,
        comment=submission.comment or "",
        criteria=tuple(submission.criteria),
        evidence=tuple(FrozenEvidence(revision, _change(revision, before)) for revision in evidence),
        dropped=tuple(revision.title or "" for revision in before if revision.evidence_id not in present),
        reviews=tuple(reviews),
    )


def _change(revision: EvidenceRevision, before: Sequence[EvidenceRevision]) -> str:
    revisions = {earlier.evidence_id: earlier.id for earlier in before}
    if not before:
        return ""
    if revision.evidence_id not in revisions:
        return "new"
    return "unchanged" if revisions[revision.evidence_id] == revision.id else "changed"
