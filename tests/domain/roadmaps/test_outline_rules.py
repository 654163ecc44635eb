"""The rules of an outline, without any file."""

from dataclasses import replace

import pytest

from roadmap.domain.roadmaps.outline_rules import find_outline_faults
from roadmap.domain.roadmaps.outlines import (
    AreaOutline,
    MilestoneOutline,
    Outline,
    PathwayOutline,
    SkillOutline,
)
from roadmap.domain.roadmaps.pathway_groups import PathwayGroup


def milestone(
    key: str, *prerequisites: str, hours: tuple[float, float] = (1, 2), optional: bool = False
) -> MilestoneOutline:
    """Build a milestone with what the rules look at."""
    low, high = hours
    return MilestoneOutline(
        key, key, "", ("done",), low, high, optional=optional, prerequisites=prerequisites
    )


def skill(key: str, *milestones: MilestoneOutline, needs: int | None = None) -> SkillOutline:
    """Build a skill."""
    return SkillOutline(key, key, "", milestones, needs=needs)


def outline(*skills: SkillOutline, pathways: tuple[PathwayOutline, ...] = ()) -> Outline:
    """Build an outline with one area."""
    return Outline("x", "x", "", "", "", (AreaOutline("area", "Area", "", skills),), pathways)


def messages(*skills: SkillOutline, pathways: tuple[PathwayOutline, ...] = ()) -> list[str]:
    """Return what the rules say about an outline."""
    return [fault.message for fault in find_outline_faults(outline(*skills, pathways=pathways))]


def test_a_good_outline_has_no_faults() -> None:
    pathway = PathwayOutline("p", PathwayGroup.ROLE, "P", "", ("s",))
    assert messages(skill("s", milestone("a"), milestone("b", "a"), needs=1), pathways=(pathway,)) == []


def test_skills_and_milestones_share_their_keys() -> None:
    assert messages(skill("a", milestone("a"))) == ["another skill or milestone already has the key “a”"]


def test_areas_and_pathways_have_keys_of_their_own() -> None:
    pathway = PathwayOutline("p", PathwayGroup.ROLE, "P", "", ("s",))
    good = outline(skill("s", milestone("area")), pathways=(pathway, pathway))
    twice = replace(good, areas=(*good.areas, AreaOutline("area", "", "", ())))
    assert [fault.path for fault in find_outline_faults(twice)] == [
        ("areas", 1, "key"),
        ("pathways", 1, "key"),
    ]


def test_an_earlier_key_is_neither_in_use_nor_named_twice() -> None:
    first, second = replace(milestone("a"), was=("b", "old")), replace(milestone("b"), was=("old",))
    assert messages(skill("s", first, second)) == [
        "“b” is the key of a milestone in this file",
        "another milestone already has “old” here",
    ]
    assert messages(replace(skill("s", milestone("a")), was=("s",))) == [
        "“s” is the key of a skill in this file"
    ]


@pytest.mark.parametrize(
    "hours", [(0, 1), (1, 999.5), (0.7, 1), (3, 2), (float("nan"), 1), (1, float("inf"))]
)
def test_hours_outside_the_rule_are_faults(hours: tuple[float, float]) -> None:
    assert messages(skill("s", milestone("a", hours=hours)))


def test_hours_at_the_limits_are_allowed() -> None:
    assert messages(skill("s", milestone("a", hours=(0.5, 999)))) == []


@pytest.mark.parametrize("needs", [-1, 0, 2])
def test_needs_stays_within_the_required_milestones(needs: int) -> None:
    (message,) = messages(skill("s", milestone("a"), milestone("b", optional=True), needs=needs))
    assert message.endswith(f"must be from 1 to 1, not {needs}")


def test_an_optional_skill_cannot_need_anything() -> None:
    (message,) = messages(replace(skill("s", milestone("a"), needs=1), optional=True))
    assert "must be left out" in message


def test_an_unknown_or_repeated_prerequisite_is_a_fault() -> None:
    found = messages(skill("s", milestone("a"), milestone("b", "a", "a", "c")))
    assert found == ["“a” is listed twice", "there is no milestone or skill with the key “c”"]


def test_a_pathway_names_skills_and_not_milestones() -> None:
    pathway = PathwayOutline("p", PathwayGroup.ROLE, "P", "", ("s", "a"))
    assert messages(skill("s", milestone("a")), pathways=(pathway,)) == ["there is no skill with the key “a”"]


def test_a_cycle_is_printed_from_its_first_milestone() -> None:
    found = messages(skill("s", milestone("a", "c"), milestone("b", "a"), milestone("c", "b")))
    assert found == ["these depend on each other: a→c→b→a"]


def test_two_cycles_through_one_milestone_are_both_found() -> None:
    found = messages(skill("s", milestone("a", "b", "c"), milestone("b", "a"), milestone("c", "a")))
    assert sorted(each[-5:] for each in found) == ["a→b→a", "a→c→a"]


def test_a_skill_stands_for_its_required_milestones() -> None:
    first = skill("s", milestone("a", "t"))
    assert messages(first, skill("t", milestone("b", "s"))) == ["these depend on each other: a→t→b→s→a"]
    assert messages(first, skill("t", milestone("b", "s", optional=True), milestone("c"))) == []


@pytest.mark.parametrize("prerequisite", ["a", "s"])
def test_a_milestone_waits_neither_for_itself_nor_for_its_skill(prerequisite: str) -> None:
    (message,) = messages(skill("s", milestone("a", prerequisite)))
    assert message.startswith("a milestone can’t depend on i")


def test_a_large_tangle_is_judged_quickly() -> None:
    skills = [
        skill(f"s{n}", *(milestone(f"m{n}-{i}", f"s{(n + 1) % 20}") for i in range(110))) for n in range(20)
    ]
    found = messages(*skills)
    assert "2200 milestones are too many; the limit is 2000" in found
