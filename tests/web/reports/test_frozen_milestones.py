"""A report is frozen with the milestones that were chosen, in both of its files."""

import json

import pytest

from roadmap.domain.learning.progress import Status
from roadmap.domain.reports.issued import IssuedReport
from tests.support.learning import Learner
from tests.support.mentoring import mentor_of, verified


@pytest.fixture
def learner_with_work(learner: Learner) -> Learner:
    """One verified milestone, one that is done, one that was skipped."""
    verified(learner, mentor_of(learner), "first")
    learner.mark("second")
    learner.mark("habit", Status.SKIPPED)
    learner.session.commit()
    return learner


def listed(learner: Learner) -> tuple[str, list[str]]:
    """What the last frozen JSON lists."""
    issued = learner.session.query(IssuedReport).order_by(IssuedReport.id.desc()).first()
    values = json.loads(issued.json)
    return values["only"], [each["key"] for each in values["milestones"]]


@pytest.mark.parametrize(
    ("only", "keys", "shown"),
    [
        ("done", ["first", "second"], "completed milestones"),
        ("verified", ["first"], "verified milestones"),
        ("all", None, "all milestones"),
    ],
)
def test_the_choice_is_kept_in_the_file_and_in_the_list(
    learner_with_work: Learner, only: str, keys: list[str] | None, shown: str
) -> None:
    assert learner_with_work.post("/reports", only=only).status_code == 303
    found, milestones = listed(learner_with_work)
    assert found == only
    assert milestones == keys or (keys is None and len(milestones) == 14)
    assert f"<li>{shown}</li>" in learner_with_work.page("/reports")


def test_a_program_that_sends_no_choice_gets_the_files_as_before(learner_with_work: Learner) -> None:
    assert learner_with_work.post("/reports").status_code == 303
    assert listed(learner_with_work)[0] == "all"
    assert " milestones</li>" not in learner_with_work.page("/reports")


def test_another_word_is_refused(learner_with_work: Learner) -> None:
    answer = learner_with_work.post("/reports", only="best")
    assert answer.status_code == 422
    assert 'id="freeze_only-error"' in answer.text


def test_the_form_starts_with_what_the_report_shows(learner_with_work: Learner) -> None:
    for page, chosen in (
        ("/reports", "done"),
        ("/report", "done"),
        ("/report?only=verified", "verified"),
        ("/report?only=all", "all"),
    ):
        text = learner_with_work.page(page)
        field = text[text.index('id="freeze_only"') :].partition("</select>")[0]
        assert f'<option selected value="{chosen}">' in field, page
