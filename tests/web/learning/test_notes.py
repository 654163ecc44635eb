"""The private note through its form: versions, conflicts, and what was typed."""

import pytest

from tests.support.learning import Learner

NOTE = "/milestones/first/note"
PAGE = "/milestones/first"


def test_a_saved_note_is_on_the_page(learner: Learner) -> None:
    answer = learner.post(NOTE, note="Read **this** <b>", version="0")
    assert (answer.status_code, answer.location) == (303, f"{learner.base}{PAGE}#note")
    assert "Read **this** &lt;b&gt;</textarea>" in learner.page(PAGE)


def test_the_form_carries_the_version_of_what_it_shows(learner: Learner) -> None:
    learner.note("first", "One")
    seen = learner.milestone_state("first").note_id
    assert f'name="version" value="{seen}"' in learner.page(PAGE)
    assert learner.post(NOTE, note="Two", version=str(seen)).status_code == 303


def test_a_note_changed_meanwhile_is_409_with_both_texts(learner: Learner) -> None:
    learner.note("first", "Theirs")
    answer = learner.post(NOTE, note="Mine", version="0")
    assert answer.status_code == 409
    assert "Theirs</pre>" in answer.text
    assert "Mine</textarea>" in answer.text
    assert learner.note_text("first") == "Theirs"


def test_after_a_conflict_the_form_saves_ones_own_text(learner: Learner) -> None:
    learner.note("first", "Theirs")
    answer = learner.post(NOTE, note="Mine", version="0")
    seen = learner.milestone_state("first").note_id
    assert f'name="version" value="{seen}"' in answer.text
    assert learner.post(NOTE, note="Mine", version=str(seen)).status_code == 303
    assert learner.note_text("first") == "Mine"


def test_a_note_that_is_too_long_is_422_and_kept(learner: Learner) -> None:
    text = "word " * 4_001
    answer = learner.post(NOTE, note=text, version="0")
    assert (answer.status_code, text.strip() in answer.text) == (422, True)
    assert 'id="note-text-error">The note is too long: 20,004 characters. The limit is 20,000.' in answer.text


def test_a_version_that_is_no_number_is_422(learner: Learner) -> None:
    for version in ("x", "-1", "9" * 40, "١", "1.0"):
        answer = learner.post(NOTE, note="Mine", version=version)
        assert (answer.status_code, "Mine" in answer.text) == (422, True), version
        assert learner.note_text("first") is None, version


def test_a_form_without_a_version_has_seen_no_note(learner: Learner) -> None:
    assert learner.post(NOTE, note="One").status_code == 303
    assert learner.post(NOTE, note="Two").status_code == 409


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800"])
def test_characters_that_cannot_be_stored_are_400(learner: Learner, text: str) -> None:
    data = {"csrf_token": learner.browser.token(), "note": text.encode("utf-8", "surrogatepass")}
    assert learner.browser.client.post(learner.base + NOTE, data=data).status_code in {303, 400}
    assert learner.page(PAGE)


def test_every_other_character_comes_back(learner: Learner) -> None:
    text = "\x01 \u202e \u2028 👩🏽 ﷽ \u0301"
    learner.post(NOTE, note=text, version="0")
    assert learner.note_text("first") == text.strip()


def test_the_note_has_its_undo_and_its_history(learner: Learner) -> None:
    learner.post(NOTE, note="One", version="0")
    page = learner.page(PAGE)
    assert "Saved the note" in page
    assert f"{learner.base}/history/4/undo" in page
