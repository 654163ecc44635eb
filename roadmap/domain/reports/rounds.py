"""The submissions behind the rows of a report, collected from the events."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.progress import Verification
from roadmap.domain.learning.replay import EventValues


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
    for each in sorted(rounds.values(), key=lambda each: (each.submitted_on, each.submission_id)):
        by_milestone[each.milestone_id].append(each)
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
