"""The help page, whose example a person can recompute."""

from flask import Flask

from roadmap.domain.learning.numbers import measure
from roadmap.domain.learning.progress import MilestoneState, Status, Verification
from roadmap.domain.roadmaps.plans import make_plan
from tests.support.browsing import Browser
from tests.support.outlines import SELF, milestone, outline, skill

DONE, VERIFIED = MilestoneState(Status.DONE), MilestoneState(Status.DONE, verification=Verification.VERIFIED)
EXAMPLE = outline(
    skill(
        "all",
        milestone("clean", (6, 10)),
        milestone("train", (8, 12)),
        milestone("read", (1, 3), verification=SELF),
        milestone("serve", (8, 12)),
    ),
    skill("one", milestone("a", (4, 6)), milestone("b", (6, 10)), milestone("c", (9, 13)), needs=1),
)
MARKS = {"clean": VERIFIED, "train": DONE, "read": DONE, "a": VERIFIED, "c": DONE}


def test_help_is_open_to_everybody(app: Flask) -> None:
    assert Browser(app).get("/help").status_code == 200


def test_the_example_is_what_the_formula_says(app: Flask) -> None:
    numbers = measure(make_plan(EXAMPLE, ()), MARKS)
    claimed, verified = numbers.claimed, numbers.verified
    page = Browser(app).get("/help").text
    assert (
        f"Claimed is {claimed.done_weight} of {claimed.total_weight}, which is {claimed.percent} %." in page
    )
    assert (
        f"Verified is {verified.done_weight} of {verified.total_weight}, which is {verified.percent} %"
        in page
    )
    assert f"{numbers.reviewed} reviewed, {numbers.self_checked} needs no review" in page
