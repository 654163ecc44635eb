"""What was known before, marked at once through its form."""

from roadmap.domain.learning.progress import UNTOUCHED
from tests.support.learning import Learner
from tests.support.pages.data_attributes import marks_in


def test_what_was_known_is_marked_at_once_with_one_undo(learner: Learner) -> None:
    answer = learner.post("/known", milestones=["first", "second"])
    assert (answer.status_code, answer.location) == (303, learner.base)
    assert learner.page().count(f"{learner.base}/history/4/undo") == 1
    learner.post("/history/4/undo")
    assert learner.milestone_state("second") == UNTOUCHED


def test_a_whole_skill_is_known_with_one_button(learner: Learner) -> None:
    learner.post("/known?skill=core")
    assert [learner.milestone_state(key).known for key in ("first", "second", "habit")] == [True] * 3


def test_without_scripts_what_was_known_leads_back_to_its_skill(learner: Learner) -> None:
    assert learner.post("/known?skill=core").location == f"{learner.base}#s-core"


def test_a_skill_that_is_done_but_for_what_is_optional_offers_no_button(learner: Learner) -> None:
    assert "known?skill=core" in learner.page()
    learner.post("/known?skill=core")
    assert "known?skill=core" not in learner.page()


def test_an_unknown_milestone_among_the_known_is_422(learner: Learner) -> None:
    assert learner.post("/known", milestones=["first", "nothing"]).status_code == 422
    assert learner.milestone_state("first") == UNTOUCHED


def test_nothing_to_mark_as_known_says_so(learner: Learner) -> None:
    learner.post("/known", milestones=["first"])
    assert learner.post("/known", milestones=["first"]).status_code == 303
    assert "Already done" in learner.page()


def test_to_know_no_milestone_is_422(learner: Learner) -> None:
    assert learner.post("/known").status_code == 422


def test_one_milestone_that_was_known_leaves_this_week_and_the_pace_alone(learner: Learner) -> None:
    form = f'action="{learner.base}/known"'
    assert form in learner.page("/milestones/first")
    learner.post("/known", milestones="first")
    assert "0 of 6 estimated hours</strong>" in learner.browser.get("/today").text
    assert "Already known, marked on" in (page := learner.page("/milestones/first"))
    assert form not in page


def test_a_done_milestone_can_be_turned_into_one_that_was_known(learner: Learner) -> None:
    learner.post("/milestones/first/progress", status="done")
    assert "3 of 6 estimated hours</strong>" in learner.browser.get("/today").text
    assert "It stays done, but no longer counts" in learner.page("/milestones/first")
    learner.post("/known", milestones="first")
    assert "0 of 6 estimated hours</strong>" in learner.browser.get("/today").text
    assert "Already known, marked on" in learner.page("/milestones/first")


def test_what_was_done_in_an_earlier_week_counts_in_that_week(learner: Learner) -> None:
    learner.post("/milestones/first/progress", status="done", occurred_on="2026-02-27")
    assert "0 of 6 estimated hours</strong>" in learner.browser.get("/today").text
    learner.post("/milestones/second/progress", status="done")
    assert "3 of 6 estimated hours</strong>" in learner.browser.get("/today").text


def test_a_script_gets_the_row_that_was_known(learner: Learner) -> None:
    answer = learner.post("/known", {"X-Fragment": "1"}, milestones="first")
    assert (answer.status_code, marks_in(answer.text)["first"]) == (200, ("done", "none"))
    assert "Marked as already known." in answer.text
