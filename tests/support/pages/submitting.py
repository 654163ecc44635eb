"""Lena hands in her first milestone through its forms: their paths, and what became of it."""

from roadmap.domain.mentoring.submissions import SubmissionState
from tests.support.learning import Learner
from tests.support.mentoring import submissions_in
from tests.support.pages.data_attributes import marks_in

SUBMIT, WITHDRAW = "/milestones/first/submission", "/milestones/first/withdrawal"
FRAGMENT = {"X-Fragment": "1"}
ANSWER = {"outcome": "returned", "feedback": "Where is the <test>?"}


def state(learner: Learner) -> SubmissionState:
    """The state of what was handed in last."""
    learner.session.expire_all()
    return submissions_in(learner.session, learner.enrollment)[-1].state


def verification(learner: Learner, path: str = "/milestones/first") -> str:
    """What a page of hers says of its verification."""
    return marks_in(learner.page(path))["first"][1]
