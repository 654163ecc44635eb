"""What changed since a moment, summed up: states are compared, so what was undone since then is nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.numbers import counts_for_claimed
from roadmap.domain.learning.progress import MilestoneState, Verification
from roadmap.domain.learning.replay import EventValues, State, replay_events


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """How much changed: `claimed` in percentage points, None where one of the two plans is empty.

    `done` and `reopened` count milestones that are done now and were not, and the other way round.
    `submitted` counts submissions that wait now. `returned` and `verified` count submissions by their latest
    review, and sign-offs.
    """

    claimed: int | None
    done: int
    reopened: int
    submitted: int
    returned: int
    verified: int


def summarize_changes(
    events: Sequence[EventValues], since: datetime, claimed_in: Callable[[State], int | None]
) -> ChangeSummary:
    """Return what the events after a moment changed; `events` are all in the order of their numbers.

    `claimed_in` returns the claimed percent of a state; it is 0 before the start.
    """
    before = replay_events(event for event in events if event.recorded_at <= since)
    after = replay_events(events)
    done, done_before = _done(after.states), _done(before.states)
    reviews = {
        event.submission_id: event.verification
        for event in events
        if event.kind is EventKind.REVIEWED and event.recorded_at > since
    }
    answers = list(reviews.values())
    return ChangeSummary(
        claimed=difference(claimed_in(before) if before.settings else 0, claimed_in(after)),
        done=len(done - done_before),
        reopened=len(done_before - done),
        submitted=sum(
            state.submitted_at is not None and state.submitted_at > since for state in after.states.values()
        ),
        returned=answers.count(Verification.RETURNED),
        verified=answers.count(Verification.VERIFIED),
    )


def _done(states: Mapping[int, MilestoneState]) -> set[int]:
    return {number for number, state in states.items() if counts_for_claimed(state)}


def difference(before: int | None, after: int | None) -> int | None:
    """Return how many points the second percent is above the first, None without both."""
    return None if before is None or after is None else after - before
