"""Evidence that is a link and a text shows both on the page and in every file that lists evidence."""

import pytest

from tests.support.learning import Learner

TEXT = "Start with main and read the tests."
URL = "https://example.org/both"


@pytest.mark.parametrize(
    "path", ["/milestones/first", "/report", "/report.md", "/report.csv", "/report.json", "/report.html"]
)
def test_both_are_shown(learner: Learner, path: str) -> None:
    learner.mark("first")
    learner.show("first", "Work", URL, TEXT)
    page = learner.page(path)
    assert URL in page
    assert TEXT in page
