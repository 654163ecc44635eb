"""The help page, whose example a person can recompute."""

import re

from flask import Flask

from roadmap.domain.learning.numbers import Measure, measure
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
PLAN = make_plan(EXAMPLE, ())
MARKS = {"clean": VERIFIED, "train": DONE, "read": DONE, "a": VERIFIED, "c": DONE}


def test_help_is_open_to_everybody(app: Flask) -> None:
    assert Browser(app).get("/help").status_code == 200


def sentence(number: Measure) -> str:
    return f"{number.done_weight} of {number.total_weight}, which is {number.percent}%"


def test_the_example_is_what_the_formula_says(app: Flask) -> None:
    page = " ".join(Browser(app).get("/help").text.split())
    now, later = measure(PLAN, MARKS), measure(PLAN, MARKS | {"read": VERIFIED})
    assert f"Claimed is {sentence(now.claimed)}." in page
    assert f"Verified is {sentence(now.verified)}: {now.made_of}." in page
    assert f"verified is {sentence(later.verified)}: {later.made_of}." in page


def test_the_rows_of_the_example_are_what_the_formula_says(app: Flask) -> None:
    page = Browser(app).get("/help").text
    table = page[page.index('id="by-hand"') : page.index("</table>", page.index('id="by-hand"'))]
    rows = [
        re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
    ]
    *milestones, choice, total = [row for row in rows if row]
    keys = ("clean", "train", "read", "serve")
    for key, row in zip(keys, milestones, strict=True):
        alone = measure(PLAN, {key: MARKS[key]} if key in MARKS else {})
        weight = PLAN.weights[key] // PLAN.parts
        shown = (str(weight), str(alone.claimed.done_weight), str(alone.verified.done_weight))
        assert (row[1], row[3], row[4]) == shown, key
    of_choice = measure(PLAN, {key: state for key, state in MARKS.items() if key not in keys})
    assert choice[3:] == [str(of_choice.claimed.done_weight), str(of_choice.verified.done_weight)]
    whole = measure(PLAN, MARKS)
    sums = (whole.claimed.total_weight, whole.claimed.done_weight, whole.verified.done_weight)
    assert (total[1], *total[3:]) == tuple(map(str, sums))
