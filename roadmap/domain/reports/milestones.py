"""The rows of a progress report: each milestone with its days, its reviewer and its evidence."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import UNTOUCHED, MilestoneState, Status, Verification
from roadmap.domain.learning.replay import EventValues, State
from roadmap.domain.reports.records import EditionOnRecord, Record, Texts
from roadmap.domain.reports.rounds import Round, rounds_by_milestone
from roadmap.domain.reports.rows import ReportEvidence, ReportMilestone, Reviewer
from roadmap.domain.roadmaps.outlines import MilestoneOutline, Outline

Rows = tuple[ReportMilestone, ...]


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
        submissions = [each for each in rounds if not each.is_withdrawn and not each.signed_off]
        answered = [each for each in rounds if each.waited_days is not None]
        is_returned = milestone_state.verification is Verification.RETURNED
        skill = outline.skill_of[milestone.key]
        is_verified = is_done and milestone_state.verification is Verification.VERIFIED
        reviewer = self._reviewer(milestone_state) if is_verified else None
        counts = (each for each in rounds if milestone_state.review_id in each.review_ids)
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
            returns=sum(each.returns for each in rounds),
            waited_days=answered[-1].waited_days if answered else None,
            evidence=self._evidence(number, verified),
            criteria=self._criteria(verified) if verified else milestone.done_when,
            topics=milestone.topics,
            submitted_on=max((each.submitted_on for each in submissions), default=None),
            returned_on=max(filter(None, (each.returned_on for each in rounds))) if is_returned else None,
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
