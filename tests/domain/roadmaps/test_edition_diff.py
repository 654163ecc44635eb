"""The difference between two editions."""

from dataclasses import replace

from roadmap.domain.roadmaps.edition_diff import Aspect, compare_outlines
from roadmap.domain.roadmaps.outlines import ResourceAccess, ResourceOutline, ResourceType
from tests.support.outlines import milestone, newer_sample, outline, pathway, sample, skill


def test_equal_outlines_do_not_differ() -> None:
    assert compare_outlines(sample(), sample()).is_empty


def test_added_removed_and_altered_milestones_are_told_apart() -> None:
    difference = compare_outlines(sample(), newer_sample())
    assert [each.key for each in difference.added] == ["third"]
    assert [each.key for each in difference.removed] == ["second"]
    assert [each.milestone.key for each in difference.altered] == ["first"]


def test_an_alteration_says_what_was_before() -> None:
    (altered,) = compare_outlines(sample(), newer_sample()).altered
    (alteration,) = altered.alterations
    assert (alteration.aspect, alteration.before, alteration.after) == (Aspect.HOURS, "2–4 h", "5–7 h")


def test_topics_and_access_are_compared() -> None:
    docs = ResourceOutline("D", "https://example.org", ResourceType.DOCS)
    old = outline(skill("a", milestone("x", resources=(docs,))))
    paid = replace(docs, access=ResourceAccess.PAID)
    new = outline(skill("a", milestone("x", resources=(paid,), topics=("Docker", "SQL"))))
    (altered,) = compare_outlines(old, new).altered
    assert [(each.aspect, each.before, each.after) for each in altered.alterations] == [
        (Aspect.TOPICS, "none", "Docker, SQL"),
        (Aspect.RESOURCES, "D (https://example.org)", "D (https://example.org, paid)"),
    ]


def test_a_renamed_skill_is_the_same_skill() -> None:
    old = outline(skill("a", milestone("x")))
    new = outline(skill("b", milestone("x"), was=("a",), needs=1))
    assert compare_outlines(old, new).skills_altered == (
        "A is now called B",
        "B now requires 1 of its milestones (before: all of its milestones)",
    )


def test_what_counts_otherwise_is_said_in_a_sentence() -> None:
    old = outline(skill("a", milestone("x"), milestone("y")))
    new = outline(skill("a", milestone("x"), milestone("y"), needs=1), pathways=[pathway("p", "a")])
    difference = compare_outlines(old, new)
    assert difference.pathways_added == ("P",)
    assert difference.skills_altered == (
        "A now requires 1 of its milestones (before: all of its milestones)",
        "A is now part of a pathway",
    )
