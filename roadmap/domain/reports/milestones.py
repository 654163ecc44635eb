"""The rows of a progress report: each milestone with its days, its reviewer and its evidence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification
from roadmap.domain.learning.replay import EventValues, State
from roadmap.domain.reports.reviewers import Reviewer
from roadmap.domain.reports.rows import ReportEvidence, ReportMilestone
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline
from roadmap.domain.roadmaps.plans import Plan


class _Edition(Protocol):
    @property
    def outline(self) -> Outline: ...

    @property
    def keys(self) -> Mapping[int, str]: ...


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that events refer to, by id: reasons, reviewers, submitted evidence, and revisions.

    Each revision has the id of its milestone.
    """

    reasons: Mapping[int, str]
    reviewers: Mapping[int, Reviewer]
    frozen: Mapping[int, tuple[ReportEvidence, ...]]
    revisions: Mapping[int, tuple[int, ReportEvidence]]
    shows_evidence: bool = True
    shows_names: bool = True


@dataclass
class _Details:
    """What a report shows of a milestone besides its state, collected from its events."""

    recorded_on: date | None = None
    verified_on: date | None = None
    verified_submission: int | None = None
    rounds: set[int] = field(default_factory=set)
    submitted_on: dict[int, date] = field(default_factory=dict)
    editions: dict[int, int] = field(default_factory=dict)
    returns: int = 0
    returned_on: date | None = None
    waited_days: int | None = None


def report_milestones(
    events: Sequence[EventValues], state: State, plan: Plan, editions: Mapping[int, _Edition], texts: Texts
) -> tuple[ReportMilestone, ...]:
    """Return a row for every milestone of the edition, in plan order."""
    make = _Rows(events, state, editions, texts)
    ids = {key: number for number, key in editions[state.edition_id].keys.items()}
    in_plan = plan.milestones
    return tuple(
        make.row(plan.outline, milestone, ids[key], in_plan=key in in_plan)
        for key, milestone in plan.outline.milestones.items()
    )


def retired_milestones(
    events: Sequence[EventValues], state: State, editions: Mapping[int, _Edition], texts: Texts
) -> tuple[ReportMilestone, ...]:
    """Return a row for every done milestone that is no longer in the edition, as the last edition had it."""
    make, present = _Rows(events, state, editions, texts), editions[state.edition_id].keys
    rows = []
    for number, milestone_state in state.states.items():
        if number in present or milestone_state.status is not Status.DONE:
            continue
        earlier = [edition for edition in editions.values() if number in edition.keys]
        if earlier:
            edition = earlier[-1]
            milestone = edition.outline.milestones[edition.keys[number]]
            rows.append(make.row(edition.outline, milestone, number, in_plan=False))
    return tuple(rows)


class _Rows:
    """Makes the rows of a report from events that are read once."""

    def __init__(
        self, events: Iterable[EventValues], state: State, editions: Mapping[int, _Edition], texts: Texts
    ) -> None:
        self.state, self.editions, self.texts = state, editions, texts
        self.details_by_id: dict[int, _Details] = defaultdict(_Details)
        edition_id = 0
        for event in events:
            edition_id = event.edition_id or edition_id
            if event.milestone_id is not None:
                self._add_event(self.details_by_id[event.milestone_id], event, edition_id)
        self.evidence: dict[int, list[ReportEvidence]] = defaultdict(list)
        for revision_id in state.evidence.values():
            if revision_id is not None and revision_id in texts.revisions:
                milestone_id, piece = texts.revisions[revision_id]
                self.evidence[milestone_id].append(piece)

    def row(
        self, outline: Outline, milestone: MilestoneOutline, number: int, *, in_plan: bool
    ) -> ReportMilestone:
        milestone_state = self.state.states.get(number, UNTOUCHED)
        details, is_done = self.details_by_id[number], milestone_state.status is Status.DONE
        submissions = details.rounds - self.state.signed_off
        is_returned = milestone_state.verification is Verification.RETURNED
        skill = outline.skill_of[milestone.key]
        is_verified = is_done and milestone_state.verification is Verification.VERIFIED
        reviewer = self._reviewer(milestone_state) if is_verified else None
        return ReportMilestone(
            key=milestone.key,
            title=milestone.title,
            area=outline.area_of[skill.key].title,
            skill=skill.title,
            in_plan=in_plan,
            optional=milestone.optional or skill.optional,
            status=milestone_state.status,
            verification=milestone_state.verification,
            known=milestone_state.known,
            hours_low=milestone.hours_low,
            hours_high=milestone.hours_high,
            hours_credited=(milestone.hours_low + milestone.hours_high) / 2 if is_done else 0.0,
            done_on=milestone_state.occurred_on if is_done else None,
            recorded_on=details.recorded_on if is_done else None,
            verified_on=details.verified_on if is_verified else None,
            reviewer=reviewer.name if reviewer else None,
            reviewer_known_as=reviewer.known_as if reviewer else None,
            reviewer_domain=reviewer.domain if reviewer else None,
            signed_off=is_verified and milestone_state.signed_off,
            reason=self._reason(milestone_state),
            rounds=len(submissions),
            returns=details.returns,
            waited_days=details.waited_days,
            evidence=self._evidence(number, details, is_verified=is_verified),
            criteria=self._criteria(number, details) if is_verified else milestone.done_when,
            topics=milestone.topics,
            submitted_on=max((details.submitted_on[number] for number in submissions), default=None),
            returned_on=details.returned_on if is_returned else None,
        )

    def _criteria(self, number: int, details: _Details) -> tuple[str, ...]:
        """Return the criteria of the edition in which the verified submission was made."""
        edition = self.editions[details.editions[details.verified_submission or 0]]
        return edition.outline.milestones[edition.keys[number]].done_when

    def _reason(self, milestone_state: MilestoneState) -> str | None:
        """Return why it was skipped, or None when the report leaves out evidence."""
        is_shown = milestone_state.status is Status.SKIPPED and self.texts.shows_evidence
        return self.texts.reasons.get(milestone_state.reason_id or 0) if is_shown else None

    def _reviewer(self, milestone_state: MilestoneState) -> Reviewer | None:
        reviewer = self.texts.reviewers.get(milestone_state.review_id or 0)
        return reviewer if reviewer is None or self.texts.shows_names else reviewer.without_names()

    def _evidence(self, number: int, details: _Details, *, is_verified: bool) -> tuple[ReportEvidence, ...]:
        """Return what was verified as it was submitted, and anything else as it is now."""
        if not self.texts.shows_evidence:
            return ()
        if is_verified and details.verified_submission is not None:
            return self.texts.frozen.get(details.verified_submission, ())
        return tuple(self.evidence.get(number, ()))

    def _add_event(self, details: _Details, event: EventValues, edition_id: int) -> None:
        submission = event.submission_id
        if event.kind is EventKind.PROGRESS_SET:
            details.recorded_on = event.recorded_on
        elif event.kind is EventKind.SUBMITTED and submission is not None:
            details.rounds.add(submission)
            details.submitted_on.setdefault(submission, event.recorded_on)
            details.editions.setdefault(submission, edition_id)
        elif event.kind is EventKind.WITHDRAWN and submission is not None:
            details.rounds.discard(submission)
        elif event.kind is EventKind.REVIEWED and submission is not None:
            if event.verification is Verification.RETURNED:
                details.returns, details.returned_on = details.returns + 1, event.recorded_on
            if submission not in self.state.signed_off:
                details.waited_days = (event.recorded_on - details.submitted_on[submission]).days
            if event.verification is Verification.VERIFIED:
                details.verified_on, details.verified_submission = event.recorded_on, submission
