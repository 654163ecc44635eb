"""The rows of a progress report: each milestone with its days, its reviewer and its evidence."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification
from roadmap.domain.learning.replay import EventValues, State
from roadmap.domain.reports.records import EditionOnRecord, Record, Texts
from roadmap.domain.reports.rows import ReportEvidence, ReportMilestone, Reviewer
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline

Rows = tuple[ReportMilestone, ...]


@dataclass
class Round:
    """One submission: where it is, what it was made for, and how it was answered.

    `milestone_id` is the milestone it counts for, which is another than that of `submitted_for` where both
    were merged. `waited_days` is how long its latest answer took, None for a sign-off.
    """

    submission_id: int
    milestone_id: int
    submitted_for: int
    edition_id: int
    submitted_on: date
    signed_off: bool
    is_withdrawn: bool = False
    review_ids: list[int] = field(default_factory=list)
    returns: int = 0
    returned_on: date | None = None
    verified_on: date | None = None
    waited_days: int | None = None


def rounds_by_milestone(
    events: Iterable[EventValues], *, signed_off: Collection[int]
) -> dict[int, list[Round]]:
    """Return the submissions of each milestone by its id, in the order of their days.

    `signed_off` has the ids of those that a mentor made to verify what they saw.
    """
    rounds: dict[int, Round] = {}
    edition_id = 0
    for event in events:
        edition_id = event.edition_id or edition_id
        submission, milestone = event.submission_id, event.milestone_id
        if submission is None or milestone is None or event.kind is EventKind.VERIFICATION_SET:
            continue
        if submission not in rounds:
            is_sign_off = submission in signed_off
            rounds[submission] = Round(
                submission, milestone, milestone, edition_id, event.recorded_on, is_sign_off
            )
        _add_event(rounds[submission], event, milestone)
    by_milestone: dict[int, list[Round]] = defaultdict(list)
    for attempt in sorted(rounds.values(), key=lambda attempt: (attempt.submitted_on, attempt.submission_id)):
        by_milestone[attempt.milestone_id].append(attempt)
    return by_milestone


def _add_event(made: Round, event: EventValues, milestone_id: int) -> None:
    if event.kind in {EventKind.SUBMITTED, EventKind.SUBMISSION_MOVED}:
        made.milestone_id = milestone_id
    if event.kind in {EventKind.SUBMITTED, EventKind.WITHDRAWN}:
        made.is_withdrawn = event.kind is EventKind.WITHDRAWN
    if event.kind is EventKind.REVIEWED:
        made.review_ids.append(event.review_id or 0)
        if event.verification is Verification.RETURNED:
            made.returns, made.returned_on = made.returns + 1, event.recorded_on
        if event.verification is Verification.VERIFIED:
            made.verified_on = event.recorded_on
        if not made.signed_off:
            made.waited_days = (event.recorded_on - made.submitted_on).days


def report_milestones(
    record: Record, events: Sequence[EventValues], state: State, editions: Mapping[int, EditionOnRecord]
) -> tuple[Rows, Rows]:
    """Return the rows of the milestones of an edition in plan order, and those of done ones that left it.

    These are as the last of the `editions` followed so far had them.
    """
    rows = _Rows(events, state, editions, record.texts)
    present, plan = editions[state.edition_id], record.plan_of(state)
    ids = {key: number for number, key in present.keys.items()}
    listed = tuple(
        rows.row(plan.outline, milestone, ids[key], in_plan=key in plan.milestones)
        for key, milestone in plan.outline.milestones.items()
    )
    retired = []
    for number, milestone_state in state.states.items():
        is_present = number in present.keys or number in present.merged
        earlier = [edition for edition in editions.values() if number in edition.keys]
        if earlier and not is_present and milestone_state.status is Status.DONE:
            edition = earlier[-1]
            milestone = edition.outline.milestones[edition.keys[number]]
            retired.append(rows.row(edition.outline, milestone, number, in_plan=False))
    return listed, tuple(retired)


class _Rows:
    """Makes the rows of a report from events that are read once."""

    def __init__(
        self,
        events: Sequence[EventValues],
        state: State,
        editions: Mapping[int, EditionOnRecord],
        texts: Texts,
    ) -> None:
        self.state, self.editions, self.texts = state, editions, texts
        self.recorded_on: dict[int, date] = {}
        for event in events:
            if event.kind is EventKind.PROGRESS_SET and event.milestone_id is not None:
                self.recorded_on[event.milestone_id] = event.recorded_on
        self.rounds = rounds_by_milestone(events, signed_off=state.signed_off)
        self.evidence: dict[int, list[ReportEvidence]] = defaultdict(list)
        merged = editions[state.edition_id].merged
        for revision_id in state.evidence.values():
            if revision_id is not None and revision_id in texts.revisions:
                milestone_id, piece = texts.revisions[revision_id]
                self.evidence[merged.get(milestone_id, milestone_id)].append(piece)

    def row(
        self, outline: Outline, milestone: MilestoneOutline, number: int, *, in_plan: bool
    ) -> ReportMilestone:
        milestone_state = self.state.states.get(number, UNTOUCHED)
        rounds, is_done = self.rounds[number], milestone_state.status is Status.DONE
        submissions = [attempt for attempt in rounds if not attempt.is_withdrawn and not attempt.signed_off]
        answered = [attempt for attempt in rounds if attempt.waited_days is not None]
        is_returned = milestone_state.verification is Verification.RETURNED
        skill = outline.skill_of[milestone.key]
        is_verified = is_done and milestone_state.verification is Verification.VERIFIED
        reviewer = self._reviewer(milestone_state) if is_verified else None
        counts = (attempt for attempt in rounds if milestone_state.review_id in attempt.review_ids)
        verified = next(counts) if is_verified else None
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
            recorded_on=self.recorded_on.get(number) if is_done else None,
            verified_on=verified.verified_on if verified else None,
            reviewer=reviewer.name if reviewer else None,
            reviewer_known_as=reviewer.known_as if reviewer else None,
            reviewer_domain=reviewer.domain if reviewer else None,
            signed_off=is_verified and milestone_state.signed_off,
            reason=self._reason(milestone_state),
            rounds=len(submissions),
            returns=sum(attempt.returns for attempt in rounds),
            waited_days=answered[-1].waited_days if answered else None,
            evidence=self._evidence(number, verified),
            criteria=self._criteria(verified) if verified else milestone.done_when,
            topics=milestone.topics,
            submitted_on=max((attempt.submitted_on for attempt in submissions), default=None),
            returned_on=max(filter(None, (attempt.returned_on for attempt in rounds)))
            if is_returned
            else None,
        )

    def _criteria(self, verified: Round) -> tuple[str, ...]:
        """Return the criteria of the edition in which the verified submission was made."""
        edition = self.editions[verified.edition_id]
        return edition.outline.milestones[edition.keys[verified.submitted_for]].done_when

    def _reason(self, milestone_state: MilestoneState) -> str | None:
        """Return why it was skipped, or None when the report leaves out evidence."""
        is_shown = milestone_state.status is Status.SKIPPED and self.texts.shows_evidence
        return self.texts.reasons.get(milestone_state.reason_id or 0) if is_shown else None

    def _reviewer(self, milestone_state: MilestoneState) -> Reviewer | None:
        reviewer = self.texts.reviewers.get(milestone_state.review_id or 0)
        return reviewer if reviewer is None or self.texts.shows_names else reviewer.without_names()

    def _evidence(self, number: int, verified: Round | None) -> tuple[ReportEvidence, ...]:
        """Return what was verified as it was submitted, and anything else as it is now."""
        if not self.texts.shows_evidence:
            return ()
        if verified is not None:
            return self.texts.frozen.get(verified.submission_id, ())
        return tuple(self.evidence.get(number, ()))
