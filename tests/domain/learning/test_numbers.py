"""The two numbers by the formula of the product."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.learning.numbers import Numbers, measure, sum_totals, total_skills
from roadmap.domain.learning.progress import MilestoneState, Status, Verification
from roadmap.domain.roadmaps.plans import make_plan
from tests.support.outlines import milestone, outline, sample, skill

DONE = MilestoneState(status=Status.DONE)
VERIFIED = MilestoneState(status=Status.DONE, verification=Verification.VERIFIED)


def numbers(marks: dict[str, MilestoneState], pathways: tuple[str, ...] = ()) -> Numbers:
    return measure(make_plan(sample(), pathways), marks)


def test_nothing_done_is_zero_of_the_plan() -> None:
    measured = numbers({})
    assert (measured.claimed.percent, measured.verified.percent) == (0, 0)
    assert (measured.claimed.milestones_done, measured.claimed.milestones_total) == (0, 4)


def test_a_milestone_weighs_the_middle_of_its_hours() -> None:
    # core: 3 + 3 + 3; choice: the mean of 2, 4.5 and 7.5
    assert numbers({}).claimed.total_weight == 9 + Fraction(14, 3)
    assert numbers({"first": DONE}).claimed.done_weight == 3


def test_done_without_review_counts_for_claimed_alone() -> None:
    measured = numbers({"first": DONE})
    assert measured.claimed.done_weight == 3
    assert measured.verified.done_weight == 0


def test_where_a_review_is_optional_only_a_review_counts_for_verified() -> None:
    measured = numbers({"habit": DONE})
    assert (measured.claimed.done_weight, measured.verified.done_weight, measured.reviewed) == (3, 0, 0)
    measured = numbers({"habit": VERIFIED})
    assert (measured.claimed.done_weight, measured.verified.done_weight, measured.reviewed) == (3, 3, 1)


SIGNED_OFF = VERIFIED._replace(signed_off=True)


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ({"first": VERIFIED}, "1 milestone"),
        ({"first": SIGNED_OFF}, "1 milestone, signed off in person"),
        ({"first": SIGNED_OFF, "second": SIGNED_OFF}, "2 milestones, all signed off in person"),
        ({"first": SIGNED_OFF, "second": VERIFIED}, "2 milestones, 1 of them signed off in person"),
        ({"first": SIGNED_OFF._replace(status=Status.IN_PROGRESS)}, "0 milestones"),
    ],
)
def test_what_was_signed_off_in_person_is_part_of_the_make_up(
    marks: dict[str, MilestoneState], words: str
) -> None:
    measured = numbers(marks)
    assert (measured.made_of, measured.verified.milestones_done) == (words, measured.reviewed)


def test_of_more_than_a_skill_needs_those_with_a_submission_count_first() -> None:
    choice = skill("choice", *(milestone(key) for key in ("a", "b", "c")), needs=2)
    plan = make_plan(outline(choice), ())
    assert measure(plan, {"a": SIGNED_OFF, "b": VERIFIED, "c": VERIFIED}).signed_off == 0
    assert measure(plan, {"a": SIGNED_OFF, "b": SIGNED_OFF, "c": VERIFIED}).signed_off == 1


def test_a_verified_milestone_that_is_not_done_counts_for_neither() -> None:
    marks = {"first": MilestoneState(status=Status.IN_PROGRESS, verification=Verification.VERIFIED)}
    assert numbers(marks).claimed.done_weight == numbers(marks).verified.done_weight == 0


@pytest.mark.parametrize("key", ["red", "green", "blue"])
def test_of_alternatives_each_is_worth_the_mean(key: str) -> None:
    assert numbers({key: DONE}).claimed.done_weight == Fraction(14, 3)


def test_an_alternative_not_chosen_neither_helps_nor_hurts() -> None:
    one, two = numbers({"red": DONE}), numbers({"red": DONE, "blue": DONE})
    assert one.claimed == two.claimed
    assert two.claimed.milestones_done == 1


@pytest.mark.parametrize(("needs", "reviewed"), [(1, 1), (2, 2), (3, 2)])
def test_of_alternatives_as_many_are_reviewed_as_are_needed(needs: int, reviewed: int) -> None:
    choice = skill("choice", *(milestone(key) for key in ("a", "b", "c")), needs=needs)
    measured = measure(make_plan(outline(choice), ()), {"a": VERIFIED, "b": DONE, "c": VERIFIED})
    assert measured.reviewed == measured.verified.milestones_done == reviewed


def test_optional_and_outside_the_plan_are_extra() -> None:
    measured = numbers({"bonus": DONE, "see": DONE, "watch": DONE})
    assert measured.claimed.percent == 0
    assert measured.extra == 3


def test_a_pathway_counts_its_skills_and_a_shared_skill_once() -> None:
    assert numbers({}, ("seer",)).claimed.milestones_total == 4 + 3
    assert numbers({}, ("seer", "reader")).claimed.milestones_total == 4 + 5


def test_percent_is_floored_and_complete_only_at_the_end() -> None:
    large = skill("large", *(milestone(f"m{number}") for number in range(300)))
    plan = make_plan(outline(large), ())
    marks = {f"m{number}": DONE for number in range(299)}
    assert measure(plan, marks).claimed.percent == 99
    assert measure(plan, marks | {"m299": DONE}).claimed.percent == 100


def test_an_empty_plan_has_no_percent() -> None:
    only_optional = outline(skill("trend", milestone("watch"), optional=True))
    assert measure(make_plan(only_optional, ()), {}).claimed.percent is None


def test_all_done_and_reviewed_reaches_a_hundred() -> None:
    measured = numbers(dict.fromkeys(sample().milestones, VERIFIED), ("seer", "reader"))
    assert (measured.claimed.percent, measured.verified.percent) == (100, 100)


states = st.builds(
    MilestoneState,
    status=st.sampled_from(Status),
    verification=st.sampled_from([Verification.NONE, Verification.VERIFIED]),
)


@given(
    st.dictionaries(st.sampled_from(list(sample().milestones)), states),
    st.sets(st.sampled_from(["seer", "reader"])),
)
def test_verified_never_exceeds_claimed_and_skills_add_up(
    marks: dict[str, MilestoneState], pathways: set[str]
) -> None:
    plan = make_plan(sample(), pathways)
    whole = measure(plan, marks)
    for tally in total_skills(plan, marks).values():
        assert tally.verified <= tally.claimed <= tally.total
    parts = sum_totals(plan, total_skills(plan, marks).values(), whole.extra)
    assert parts == whole
    assert (whole.claimed.percent == 100) == (whole.claimed.done_weight == whole.claimed.total_weight)
