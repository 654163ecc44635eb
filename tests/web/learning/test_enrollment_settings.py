"""The settings of an enrollment through their form: save, preview, pause, archive."""

from dataclasses import replace

import pytest

from roadmap.domain.learning.enrollments import EnrollmentState
from tests.support.learning import TOMORROW, YESTERDAY, Learner
from tests.support.outlines import add_roadmap, enroll, sample
from tests.support.pages.data_attributes import numbers_in

SETTINGS = {"pathways": "reader", "weekly_hours": "7.5", "shows_forecast": "y"}


def test_the_form_shows_the_settings(learner: Learner) -> None:
    page = learner.page("/settings")
    assert 'value="seer" checked' in page
    assert 'value="reader" checked' not in page
    assert 'value="6"' in page


def test_settings_are_saved_with_an_undo(learner: Learner) -> None:
    answer = learner.post("/settings", target_date=TOMORROW.isoformat(), **SETTINGS)
    assert (answer.status_code, answer.location) == (303, f"{learner.base}/settings")
    settings = learner.enrollment.settings
    assert (settings.pathways, settings.weekly_hours, settings.target_on) == (("reader",), 7.5, TOMORROW)
    assert f"{learner.base}/history/4/undo" in learner.page("/settings")


def test_a_box_that_is_not_ticked_hides_the_forecast(learner: Learner) -> None:
    learner.post("/settings", pathways="seer", weekly_hours="6")
    assert not learner.enrollment.shows_forecast


def test_saving_keeps_the_pause(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.PAUSED)
    learner.post("/settings", **SETTINGS)
    assert learner.enrollment.state is EnrollmentState.PAUSED


def test_settings_as_they_were_write_nothing(learner: Learner) -> None:
    learner.post("/settings", pathways="seer", weekly_hours="6", shows_forecast="y")
    assert len(learner.events()) == 3
    assert "so nothing was saved" in learner.page("/settings")


def test_what_does_not_fit_is_422_and_says_why(learner: Learner) -> None:
    for fields, sentence in (
        ({"weekly_hours": ""}, "Enter hours a week"),
        ({"weekly_hours": "1e400"}, "in steps of 0.5"),
        ({"weekly_hours": "-2"}, "in steps of 0.5"),
        ({"weekly_hours": "nan"}, "Enter hours a week as a number"),
        ({"target_date": YESTERDAY.isoformat()}, "This date has passed"),
        ({"pathways": "nothing"}, "no pathway “nothing”"),
        ({"state": "gone"}, "Choose one of: active, paused, archived."),
    ):
        answer = learner.post("/settings", **{**SETTINGS, **fields})
        assert (answer.status_code, sentence in answer.text) == (422, True), fields
        assert len(learner.events()) == 3, fields


def test_hours_may_have_a_comma(learner: Learner) -> None:
    learner.post("/settings", **{**SETTINGS, "weekly_hours": "7,5"})
    assert learner.enrollment.settings.weekly_hours == 7.5


def test_a_refused_form_keeps_what_was_typed(learner: Learner) -> None:
    answer = learner.post("/settings", pathways="reader", weekly_hours="7.3")
    assert 'value="reader" checked' in answer.text
    assert 'value="7.3"' in answer.text


def test_a_preview_shows_both_numbers_and_saves_nothing(learner: Learner) -> None:
    learner.mark("see")
    answer = learner.post("/settings", preview="1", **SETTINGS)
    assert (answer.status_code, numbers_in(answer.text)) == (200, ("0", "0"))
    assert 'value="reader" checked' in answer.text
    assert len(learner.events()) == 4


def test_a_preview_by_address_and_by_script(learner: Learner) -> None:
    learner.mark("see")
    path = f"{learner.base}/settings?preview=1&pathways=reader"
    assert numbers_in(learner.browser.get(path).text) == ("0", "0")
    part = learner.browser.get(path, headers={"X-Fragment": "1"}).text
    assert ("With these settings" in part, "<html" in part) == (True, False)


@pytest.mark.parametrize("state", ["paused", "archived"])
def test_a_state_button_changes_only_the_state(learner: Learner, state: str) -> None:
    before = learner.enrollment.settings
    assert learner.post("/settings", state=state).status_code == 303
    assert learner.enrollment.settings == replace(before, state=EnrollmentState(state))


def test_the_archive_is_read_only_and_can_be_left(learner: Learner) -> None:
    learner.post("/settings", state="archived")
    assert learner.post("/settings", **SETTINGS).status_code == 403
    assert learner.post("/settings", state="active").status_code == 303
    assert learner.enrollment.state is EnrollmentState.ACTIVE


def test_the_archive_is_not_left_beside_another_one(learner: Learner) -> None:
    learner.post("/settings", state="archived")
    learner.browser.post("/roadmaps/sample/enrollment", weekly_hours="6")
    answer = learner.post("/settings", state="active")
    assert (answer.status_code, "already follow this roadmap" in answer.text) == (409, True)


@pytest.mark.parametrize(("state", "sentence"), [("paused", "Paused."), ("archived", "Archived.")])
def test_the_toast_says_which_state_it_is_in_now(learner: Learner, state: str, sentence: str) -> None:
    learner.post("/settings", state=state)
    assert sentence in learner.page("/settings")
    learner.post("/settings", state="active")
    assert "Active again, and back on Today." in learner.page("/settings")


def test_settings_saved_in_a_pause_are_just_saved(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.PAUSED)
    learner.post("/settings", **SETTINGS)
    assert "<p>Settings saved.</p>" in learner.page("/settings")


def test_the_title_names_pathways_only_where_there_are_some(learner: Learner) -> None:
    plain = add_roadmap(learner.session, replace(sample("plain"), title="Plain", pathways=()))
    without = enroll(learner.session, learner.person, plain.slug)
    learner.session.commit()
    assert "<title>Pathways and settings for Sample" in learner.page("/settings")
    page = learner.browser.get(f"/enrollments/{without.public_id}/settings").text
    assert "<title>Your settings for Plain" in page
    assert "<h1>Your settings</h1>" in page
