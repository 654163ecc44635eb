"""The offer of a newer edition: look, accept, stay, undo."""

import re

from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.roadmaps.roadmaps import Edition
from tests.support.learning import Learner
from tests.support.mentoring import mentor_of, submit
from tests.support.outlines import renaming_sample
from tests.support.pages.data_attributes import marks_in, numbers_in


def edition(learner: Learner) -> int:
    learner.session.expire_all()
    return learner.session.get_one(Edition, learner.enrollment.edition_id).number


def test_without_a_newer_edition_nothing_is_offered(learner: Learner) -> None:
    assert "You’re on the latest edition." in learner.page("/edition")
    assert "/edition" not in learner.page()


def test_the_list_offers_a_newer_edition(learner: Learner) -> None:
    learner.publish()
    assert f'href="{learner.base}/edition"' in learner.page()


def test_the_difference_is_readable_with_both_numbers_before_and_after(learner: Learner) -> None:
    learner.mark("first")
    learner.publish()
    page = learner.page("/edition")
    assert all(word in page for word in ("Third", "Second", "2–4 h", "5–7 h"))
    before = page.partition('id="after-numbers"')[0]
    assert (numbers_in(before), numbers_in(page[len(before) :])) == (("13", "0"), ("23", "0"))


def test_looking_and_staying_change_nothing(learner: Learner) -> None:
    learner.publish()
    learner.page("/edition")
    learner.mark("second")
    assert edition(learner) == 1


def test_accepting_keeps_marks_and_can_be_undone(learner: Learner) -> None:
    learner.mark("first")
    learner.publish()
    answer = learner.post("/edition", edition="2")
    assert (answer.status_code, answer.location) == (303, learner.base)
    page = learner.page()
    assert (marks_in(page)["first"][0], "third" in marks_in(page), edition(learner)) == ("done", True, 2)
    assert learner.post("/history/5/undo").status_code == 303
    assert edition(learner) == 1


def test_an_edition_that_was_not_looked_at_is_409(learner: Learner) -> None:
    learner.publish()
    assert learner.post("/edition", edition="7").status_code == 409
    assert edition(learner) == 1


def test_what_left_the_edition_is_404_and_stays_in_the_history(learner: Learner) -> None:
    learner.mark("second")
    learner.publish()
    learner.post("/edition", edition="2")
    assert learner.get("/milestones/second").status_code == 404
    assert re.search(r">Second</span> <span[^>]*>\(no longer in this edition\)", learner.page("/history"))


def test_accepting_twice_is_harmless(learner: Learner) -> None:
    learner.publish()
    learner.post("/edition", edition="2")
    assert learner.post("/edition", edition="2").status_code == 303
    assert len(learner.events()) == 4


def test_an_archived_roadmap_stays_on_its_edition(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.ARCHIVED)
    learner.publish()
    assert learner.post("/edition", edition="2").status_code == 403


def test_a_submission_that_had_to_be_withdrawn_is_named(learner: Learner) -> None:
    mentor_of(learner)
    submit(learner, "red")
    submit(learner, "green")
    learner.publish(renaming_sample())
    learner.post("/edition", edition="2")
    page = learner.page()
    assert "Your submission of “Green” was withdrawn." in page
    assert "submission of “Red”" not in page
    history = learner.page("/history")
    assert "Moved a submission to this milestone" in history
    assert history.count("Withdrew the submission") == 1
