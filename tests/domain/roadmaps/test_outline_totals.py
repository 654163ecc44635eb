"""The figures of an outline, on one small enough to compute by hand."""

import pytest

from roadmap.domain.roadmaps.outline_totals import outline_totals
from tests.support.outlines import milestone, outline, pathway, sample, skill


def test_hours_count_alternatives_as_often_as_they_are_needed() -> None:
    totals = outline_totals(sample())
    # Core: three milestones of 2–4, 3–3, 2–4 hours, and one of three alternatives.
    assert (totals.core_low, totals.core_high) == (pytest.approx(7 + 4), pytest.approx(11 + 16 / 3))
    assert [(each.key, each.low, each.high) for each in totals.pathways] == [
        ("seer", 6, 12),
        ("reader", 6, 12),
    ]
    assert totals.areas[0].share == 1


def test_the_shape_of_the_order_is_described() -> None:
    lonely, chosen = milestone("lonely"), milestone("extra", optional=True)
    totals = outline_totals(
        outline(
            skill("a", milestone("first"), lonely),
            skill("b", milestone("next", prerequisites=("first",)), milestone("other"), chosen, needs=1),
            skill("c", milestone("last", prerequisites=("b",))),
            pathways=[pathway("p", "c")],
        )
    )
    assert totals.depth == 3
    assert totals.roots == ("first", "lonely", "other", "extra")
    assert totals.unconnected == ("lonely",)
    assert totals.optional_beside_alternatives == ("extra",)


def test_a_chain_may_be_as_long_as_a_roadmap_in_any_order() -> None:
    chain = [milestone("m0"), *(milestone(f"m{n}", prerequisites=(f"m{n - 1}",)) for n in range(1, 2000))]
    assert outline_totals(outline(skill("a", *reversed(chain)))).depth == 2000
