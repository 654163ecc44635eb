"""The page of one milestone."""

from roadmap.domain.learning.enrollments import EnrollmentState
from tests.support.learning import YESTERDAY, Learner
from tests.support.pages.data_attributes import events_in, marks_in


def test_it_shows_what_the_milestone_asks(learner: Learner) -> None:
    page = learner.page("/milestones/first")
    assert all(text in page for text in ("<h1>First</h1>", "Why first.", "first works", "2–4 h"))
    assert marks_in(page)["first"] == ("not_started", "none")


def test_it_shows_where_the_milestone_stands(learner: Learner) -> None:
    learner.mark("first", occurred_on=YESTERDAY, reason="Why & how")
    page = learner.page("/milestones/first")
    assert "1 March, yesterday" in page
    assert "“Why &amp; how”" in page
    assert events_in(page) == [4]


def test_a_milestone_whose_review_is_optional_says_so(learner: Learner) -> None:
    page = learner.page("/milestones/habit")
    assert ("review optional" in page, marks_in(page)["habit"][1]) == (True, "none")
    assert "review optional" not in learner.page("/milestones/first")


def test_it_leads_to_its_neighbours(learner: Learner) -> None:
    page = learner.page("/milestones/second")
    for key in ("first", "habit"):
        assert f'href="{learner.base}/milestones/{key}"' in page


def test_a_milestone_that_is_not_there_is_404(learner: Learner) -> None:
    for key in ("nothing", "third", "%00", "x" * 400, "%C3%A4", ".."):
        assert learner.get(f"/milestones/{key}").status_code == 404, key


def test_its_forms_are_closed_in_the_archive(learner: Learner) -> None:
    learner.choose(state=EnrollmentState.ARCHIVED)
    page = learner.page("/milestones/first")
    assert page.count("disabled>") >= 2
    assert "/revisit" not in page
    assert "Add evidence" not in page
