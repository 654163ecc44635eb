"""Finished skills are folded in the list."""

import re

import pytest

from roadmap.domain.accounts.users import User
from roadmap.domain.learning.progress import Status
from tests.support.learning import Learner
from tests.support.mentoring import returned
from tests.support.pages.data_attributes import marks_in


def is_open(page: str, skill: str) -> bool:
    """Whether a skill of the list is unfolded."""
    found = re.search(rf'<details class="skill" id="s-{skill}"( open)?>', page)
    assert found is not None
    return bool(found[1])


def finish(learner: Learner) -> None:
    for key in ("first", "second", "habit"):
        learner.mark(key)


def test_a_finished_skill_is_folded_and_the_others_stay_open(learner: Learner) -> None:
    assert is_open(learner.page(), "core")
    finish(learner)
    page = learner.page()
    assert (is_open(page, "core"), is_open(page, "choice"), "first" in marks_in(page)) == (False, True, True)
    learner.mark("second", Status.NOT_STARTED)
    assert is_open(learner.page(), "core")


def test_one_of_three_is_enough(learner: Learner) -> None:
    learner.mark("green")
    assert not is_open(learner.page(), "choice")


@pytest.mark.parametrize("address", ["?q=habit", "?filter=skipped&q=bonus"])
def test_what_is_searched_for_is_in_sight(learner: Learner, address: str) -> None:
    finish(learner)
    learner.mark("bonus", Status.SKIPPED, reason="Not now")
    assert is_open(learner.page(address), "core")


def test_what_was_returned_or_is_in_progress_keeps_its_skill_open(learner: Learner, milo: User) -> None:
    finish(learner)
    learner.mark("bonus", Status.IN_PROGRESS)
    assert is_open(learner.page(), "core")
    learner.mark("bonus")
    assert not is_open(learner.page(), "core")
    returned(learner, milo, "second")
    assert is_open(learner.page(), "core")
