"""Marks: status, day and reason, what was known before, and the day to come back."""

from datetime import date, timedelta

import pytest

from roadmap.domain.errors import Invalid, NotFound
from roadmap.domain.learning.progress import UNTOUCHED, Status, Verification
from tests.support.learning import TODAY, TOMORROW, YESTERDAY, Learning
from tests.support.mentoring import mentor_of, submit


def test_a_mark_is_of_today(learning: Learning) -> None:
    change = learning.mark("first")
    assert change == 4
    assert (learning.milestone_state("first").status, learning.milestone_state("first").occurred_on) == (
        Status.DONE,
        TODAY,
    )


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_any_status_may_follow_any(learning: Learning, before: Status, after: Status) -> None:
    learning.mark("first", before)
    learning.mark("first", after)
    assert learning.milestone_state("first").status is after


def test_the_same_status_and_day_writes_nothing(learning: Learning) -> None:
    learning.mark("first")
    assert learning.mark("first") is None
    assert learning.mark("first", occurred_on=TODAY) is None
    assert len(learning.events()) == 4


def test_the_same_status_on_another_day_corrects_the_day(learning: Learning) -> None:
    learning.mark("first")
    assert learning.mark("first", occurred_on=YESTERDAY) is not None
    assert learning.milestone_state("first").occurred_on == YESTERDAY


def test_a_mark_again_without_a_day_keeps_the_day(learning: Learning) -> None:
    learning.mark("first", occurred_on=YESTERDAY)
    assert learning.mark("first") is None
    learning.mark("first", reason="It works")
    assert learning.milestone_state("first").occurred_on == YESTERDAY


def test_another_status_is_of_today_again(learning: Learning) -> None:
    learning.mark("first", occurred_on=YESTERDAY)
    learning.mark("first", Status.SKIPPED)
    assert learning.milestone_state("first").occurred_on == TODAY


def test_a_backdated_mark_is_recorded_today(learning: Learning) -> None:
    long_ago = date(2019, 5, 4)
    learning.mark("first", occurred_on=long_ago)
    event = learning.events()[-1]
    assert (event.occurred_on, event.recorded_on) == (long_ago, TODAY)


def test_a_day_ahead_or_before_1900_is_refused(learning: Learning) -> None:
    for day in (TOMORROW, date(9999, 12, 31), date(1899, 12, 31), date.min):
        with pytest.raises(Invalid) as refused:
            learning.mark("first", occurred_on=day)
        assert refused.value.errors.keys() == {"occurred_on"}, day
        assert learning.milestone_state("first") == UNTOUCHED, day


def test_a_reason_stays_until_another_is_given(learning: Learning) -> None:
    learning.mark("first", Status.SKIPPED, reason=" Not for me ")
    learning.mark("first", Status.SKIPPED, occurred_on=YESTERDAY)
    assert learning.reason("first") == "Not for me"
    learning.mark("first", Status.SKIPPED, reason="Another")
    assert learning.reason("first") == "Another"


def test_an_empty_reason_takes_the_reason_away(learning: Learning) -> None:
    learning.mark("first", reason="Why")
    assert learning.mark("first", reason="") is not None
    assert learning.reason("first") is None


@pytest.mark.parametrize(
    ("first", "again"), [("Why", " Why"), ("One\nTwo", "One\r\nTwo"), ("    x = 1", "    x = 1")]
)
def test_the_same_reason_writes_nothing(learning: Learning, first: str, again: str) -> None:
    learning.mark("first", reason=first)
    assert learning.mark("first", reason=again) is None


def test_another_status_does_not_inherit_the_reason(learning: Learning) -> None:
    learning.mark("first", Status.SKIPPED, reason="Why")
    learning.mark("first", Status.DONE)
    assert learning.reason("first") is None


def test_a_reason_of_more_than_500_characters_is_refused(learning: Learning) -> None:
    learning.mark("first", reason="x" * 500)
    with pytest.raises(Invalid, match="501"):
        learning.mark("first", reason="x" * 501)


def test_a_milestone_outside_the_edition_is_not_found(learning: Learning) -> None:
    with pytest.raises(NotFound):
        learning.mark("third")


def test_optional_milestones_and_those_outside_the_plan_can_be_marked(learning: Learning) -> None:
    for key in ("bonus", "watch", "read"):
        learning.mark(key)
        assert learning.milestone_state(key).status is Status.DONE


def test_what_was_known_is_one_change(learning: Learning) -> None:
    change = learning.know("first", "second", "first")
    events = learning.events()[3:]
    assert [event.change for event in events] == [change, change]
    assert learning.milestone_state("second").known


def test_a_whole_skill_can_be_known_without_its_optional_milestones(learning: Learning) -> None:
    learning.know(skill="core")
    assert [learning.milestone_state(key).known for key in ("first", "second", "habit", "bonus")] == [
        *(True, True, True),
        False,
    ]


def test_an_optional_skill_can_be_known_as_well(learning: Learning) -> None:
    learning.know(skill="trend")
    assert [learning.milestone_state(key).known for key in ("watch", "wait")] == [True, True]


def test_what_is_done_can_turn_out_to_be_known_with_one_undo(learning: Learning) -> None:
    learning.mark("first", occurred_on=YESTERDAY, reason="At school")
    before = learning.milestone_state("first")
    change = learning.know("first", "second")
    assert learning.milestone_state("first") == before._replace(known=True)
    assert learning.know("first", "second") is None
    learning.undo(change)
    assert learning.milestone_state("first") == before


def test_what_is_done_of_a_skill_is_not_marked_as_known(learning: Learning) -> None:
    learning.mark("first", occurred_on=YESTERDAY)
    learning.know(skill="core")
    assert [learning.milestone_state(key).known for key in ("first", "second")] == [False, True]


def test_a_submission_stays_open_when_its_milestone_turns_out_to_be_known(learning: Learning) -> None:
    mentor_of(learning)
    submit(learning, "first")
    learning.know("first")
    assert learning.milestone_state("first").verification is Verification.SUBMITTED


def test_an_unknown_key_among_the_known_marks_nothing(learning: Learning) -> None:
    with pytest.raises(Invalid):
        learning.know("first", "nothing")
    with pytest.raises(Invalid):
        learning.know(skill="nothing")
    assert learning.milestone_state("first") == UNTOUCHED


def test_a_day_given_later_makes_the_known_done_on_that_day(learning: Learning) -> None:
    learning.know("first")
    learning.mark("first", occurred_on=YESTERDAY)
    assert (learning.milestone_state("first").known, learning.milestone_state("first").occurred_on) == (
        False,
        YESTERDAY,
    )


def test_a_mark_again_leaves_the_known_as_known(learning: Learning) -> None:
    learning.know("first")
    assert learning.mark("first") is None
    learning.mark("first", reason="At school")
    assert learning.milestone_state("first").known


def test_a_revisit_day_stands_beside_the_mark(learning: Learning) -> None:
    learning.mark("first")
    learning.revisit("first", TOMORROW)
    milestone_state = learning.milestone_state("first")
    assert (milestone_state.status, milestone_state.revisit_on) == (Status.DONE, TOMORROW)
    learning.revisit("first", None)
    assert learning.milestone_state("first").revisit_on is None


def test_the_same_revisit_day_writes_nothing_even_when_it_has_passed(learning: Learning) -> None:
    assert learning.revisit("first", None) is None
    learning.revisit("first", TODAY)
    learning.at += timedelta(days=3)
    assert learning.revisit("first", TODAY) is None


@pytest.mark.parametrize("day", [YESTERDAY, date(2201, 1, 1)])
def test_a_revisit_day_that_has_passed_or_is_too_far_is_refused(learning: Learning, day: date) -> None:
    with pytest.raises(Invalid) as refused:
        learning.revisit("first", day)
    assert refused.value.errors.keys() == {"revisit_on"}
