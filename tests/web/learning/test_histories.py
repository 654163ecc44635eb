"""The history page and undo."""

import re
from datetime import timedelta

import pytest

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.learning.progress import UNTOUCHED, Status
from tests.support.learning import YESTERDAY, Learner
from tests.support.pages.data_attributes import events_in, marks_in, numbers_in

FRAGMENT = {"X-Fragment": "1"}


def on_list(learner: Learner) -> dict[str, str]:
    return {**FRAGMENT, "Referer": f"http://localhost{learner.base}"}


def test_every_change_is_there_newest_first(learner: Learner) -> None:
    learner.mark("first")
    learner.mark("second", Status.SKIPPED, reason="Not <for> me")
    page = learner.page("/history")
    assert events_in(page) == [5, 4, 1]
    assert "Marked skipped" in page
    assert "Not &lt;for&gt; me" in page


def test_changes_stand_under_their_days(learner: Learner) -> None:
    learner.mark("first")
    learner.at += timedelta(days=1)
    learner.mark("second")
    learner.mark("habit")
    days = re.findall(r'<h2 class="day"><time datetime="([^"]+)"', learner.page("/history"))
    assert days == ["2026-03-03", "2026-03-02"]


def test_older_changes_are_a_page_away(learner: Learner) -> None:
    for number in range(55):
        learner.mark("first", reason=str(number))
    newest = events_in(learner.page("/history"))
    older = events_in(learner.page(f"/history?before={newest[-1]}"))
    assert (len(newest), newest[-1] > older[0], older[-1]) == (50, True, 1)


def test_an_odd_page_of_the_history_is_no_error_of_ours(learner: Learner) -> None:
    for before in ("x", "-1", "9" * 50, "%00", ""):
        assert learner.get(f"/history?before={before}").status_code in {200, 400, 404}, before


def test_undo_leads_back_to_the_history(learner: Learner) -> None:
    learner.mark("first")
    answer = learner.post("/history/4/undo")
    assert (answer.status_code, answer.location) == (303, f"{learner.base}/history")
    assert marks_in(learner.page())["first"][0] == "not_started"


def test_undo_from_another_page_leads_back_there(learner: Learner) -> None:
    learner.mark("first")
    page = f"{learner.base}/milestones/first"
    assert learner.post("/history/4/undo", {"Referer": f"http://localhost{page}"}).location == page
    assert "Undone." in learner.page("/milestones/first")


def test_an_undo_can_be_undone(learner: Learner) -> None:
    learner.mark("first")
    learner.post("/history/4/undo")
    learner.post("/history/5/undo")
    assert learner.milestone_state("first").status is Status.DONE


def test_a_script_on_the_list_gets_the_changed_parts(learner: Learner) -> None:
    learner.know("first", "habit")
    answer = learner.post("/history/4/undo", on_list(learner))
    assert answer.status_code == 200
    assert marks_in(answer.text)["habit"] == ("not_started", "none")
    assert numbers_in(answer.text) == ("0", "0")


@pytest.mark.both_databases
def test_a_script_goes_to_the_page_where_parts_are_not_enough(learner: Learner) -> None:
    learner.choose(weekly_hours=8.0)
    assert learner.post("/history/4/undo", on_list(learner)).status_code == 303


def test_an_undo_against_a_later_change_is_409_and_names_it(learner: Learner) -> None:
    learner.mark("first")
    learner.mark("first", Status.SKIPPED)
    answer = learner.post("/history/4/undo")
    assert (answer.status_code, "Change 5 is newer" in answer.text) == (409, True)
    assert learner.milestone_state("first").status is Status.SKIPPED


def test_an_undo_twice_is_409_the_second_time(learner: Learner) -> None:
    learner.mark("first")
    assert [learner.post("/history/4/undo").status_code for _ in range(2)] == [303, 409]


def test_a_change_that_is_not_there_is_404(learner: Learner) -> None:
    for event in ("99", "0", "x", "-4", "99999999999999999999"):
        assert learner.post(f"/history/{event}/undo").status_code == 404, event


def test_the_start_has_no_undo(learner: Learner) -> None:
    assert "/history/1/undo" not in learner.page("/history")
    assert learner.post("/history/1/undo").status_code == 409


def test_in_the_archive_only_the_archiving_is_undone(learner: Learner) -> None:
    learner.mark("first")
    learner.choose(state=EnrollmentState.ARCHIVED)
    assert learner.post("/history/4/undo").status_code == 403
    assert learner.post("/history/5/undo").status_code == 303
    assert learner.milestone_state("first") != UNTOUCHED
    assert learner.enrollment.state is EnrollmentState.ACTIVE


def test_changes_of_settings_are_told_in_words(learner: Learner) -> None:
    learner.choose(weekly_hours=8.5, pathways=("reader",))
    learner.choose(state=EnrollmentState.PAUSED)
    page = learner.page("/history")
    assert "added the pathway Reader; left the pathway Seer; 8.5 hours a week" in page
    assert "paused" in page


def test_without_scripts_undo_leads_back_to_the_place_of_the_mark(learner: Learner) -> None:
    learner.mark("see")
    answer = learner.post("/history/4/undo", {"Referer": f"http://localhost{learner.base}"})
    assert answer.location == f"{learner.base}#s-vision"


def test_what_was_undone_can_be_done_again_in_so_many_words(learner: Learner) -> None:
    learner.mark("first")
    learner.post("/history/4/undo")
    assert 'name="redo" value="1"><button>Redo</button>' in learner.page()
    learner.post("/history/5/undo", redo="1")
    assert "<p>Redone. Claimed " in learner.page()


def test_an_undone_change_and_a_piece_of_evidence_read_as_sentences(learner: Learner) -> None:
    learner.mark("first", occurred_on=YESTERDAY, reason="Long ago")
    learner.undo(4)
    learner.show("first", "My notebook")
    words = re.sub(r"<[^>]+>|\s+", " ", learner.page("/history"))
    read = re.sub(" +", " ", words)
    assert "Marked not started (undo): First" in read
    assert "Saved evidence “My notebook”: First" in read
    assert "Marked done on 1 March : First “Long ago”" in read


def test_the_undo_of_several_marks_says_what_it_restored(learner: Learner) -> None:
    learner.know("first", "habit")
    learner.undo(4)
    page = learner.page("/history")
    assert "Marked 2 milestones as already known" in page
    assert "Restored the marks of 2 milestones (undo)" in page
