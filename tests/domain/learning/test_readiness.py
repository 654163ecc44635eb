"""Which milestones are ready."""

from roadmap.domain.learning.progress import MilestoneState, Status
from roadmap.domain.learning.readiness import affected_milestones, is_met, ready_milestones
from roadmap.domain.roadmaps.plans import make_plan
from tests.support.outlines import sample


def marks(**statuses: str) -> dict[str, MilestoneState]:
    return {key: MilestoneState(status=Status(status)) for key, status in statuses.items()}


def ready(**statuses: str) -> list[str]:
    return ready_milestones(make_plan(sample(), ("seer", "reader")), marks(**statuses))


def test_at_the_start_ready_is_what_has_no_prerequisites() -> None:
    assert ready() == ["first", "habit", "red", "green", "blue", "see", "read", "join"]


def test_what_is_in_progress_comes_first() -> None:
    assert ready(join="in_progress")[0] == "join"


def test_done_or_skipped_opens_what_follows() -> None:
    assert "second" in ready(first="done")
    assert "second" in ready(first="skipped")
    assert "second" not in ready(first="in_progress")


def test_surplus_alternatives_are_left_out() -> None:
    assert not {"green", "blue"} & set(ready(red="done"))
    assert not {"green", "blue"} & set(ready(red="in_progress"))


def test_an_alternative_settles_the_skill_as_a_prerequisite() -> None:
    assert "write" not in ready()
    assert "write" in ready(blue="done")


def test_a_skill_is_met_when_all_of_it_is_settled() -> None:
    plan = make_plan(sample(), ("seer",))
    assert not is_met(plan, {}, "core")
    assert not is_met(plan, marks(first="done", second="done"), "core")
    assert is_met(plan, marks(first="done", second="done", habit="skipped"), "core")


def test_what_is_outside_the_plan_is_met() -> None:
    plan = make_plan(sample(), ())
    assert is_met(plan, {}, "vision")
    assert is_met(plan, {}, "bonus")


def test_a_mark_affects_its_row_what_it_opens_and_its_alternatives() -> None:
    assert affected_milestones(sample(), ["first"]) == ["first", "second", "look"]
    assert set(affected_milestones(sample(), ["red"])) == {"red", "green", "blue", "write"}
