"""States by id: what a change makes of them, and the totals that follow from them."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.events import EventKind
from roadmap.domain.learning.numbers import total_skills
from roadmap.domain.learning.progress import MilestoneState, Status, Verification
from roadmap.domain.learning.replay import StatesById
from roadmap.domain.roadmaps.plans import make_plan
from tests.support.outlines import sample

OUTLINE = sample()
IDS = {key: number for number, key in enumerate(OUTLINE.milestones, 1)}
KEYS = {number: key for key, number in IDS.items()}
GONE = 99


def marked(milestone_id: int, status: Status) -> dict[str, Any]:
    return {
        "kind": EventKind.PROGRESS_SET,
        "milestone_id": milestone_id,
        "status": status,
        "occurred_on": None,
        "known": False,
        "reason_id": None,
    }


def verified(milestone_id: int, verification: Verification) -> dict[str, Any]:
    return {
        "kind": EventKind.REVIEWED,
        "milestone_id": milestone_id,
        "verification": verification,
        "review_id": None,
    }


milestones = st.sampled_from([*KEYS, GONE])
events = st.builds(marked, milestones, st.sampled_from(Status)) | st.builds(
    verified, milestones, st.sampled_from([Verification.VERIFIED, Verification.RETURNED])
)


def test_a_change_leaves_the_standings_before_it_as_they_were() -> None:
    before = StatesById({1: MilestoneState(status=Status.DONE)})
    later = before.after([marked(1, Status.SKIPPED), marked(2, Status.DONE)])
    assert before == {1: MilestoneState(status=Status.DONE)}
    assert {number: each.status for number, each in later.items()} == {1: Status.SKIPPED, 2: Status.DONE}


def test_state_changes_stay_known_until_the_settings_change() -> None:
    read = StatesById()
    assert read.state_changes is None
    read.state_changes = [(date(2026, 3, 2), EnrollmentState.ACTIVE)]
    marks = read.after([marked(1, Status.DONE)])
    assert marks.state_changes == read.state_changes
    assert marks.after([{"kind": EventKind.SETTINGS_SET}]).state_changes is None


@given(st.lists(st.tuples(st.lists(events, max_size=3), st.sampled_from([None, (), ("seer",)])), max_size=12))
def test_totals_are_those_of_the_plan_asked_for_after_every_change(
    changes: list[tuple[list[dict[str, Any]], tuple[str, ...] | None]],
) -> None:
    states, plans = StatesById(), {chosen: make_plan(OUTLINE, chosen) for chosen in ((), ("seer",))}
    for rows, asked in changes:
        states = states.after(rows)
        if asked is not None:
            by_key = {key: states[number] for key, number in IDS.items() if number in states}
            assert states.skill_totals(plans[asked], by_key) == total_skills(plans[asked], by_key)
