"""What changed in the roadmap that was copied, taken over one by one."""

from dataclasses import replace

from roadmap.domain.roadmaps import outline_edits as edits
from roadmap.domain.roadmaps.upstream import find_upstream_changes, take_over
from tests.support.outlines import newer_sample, sample


def test_added_changed_and_removed_milestones_are_offered_until_they_are_taken_over() -> None:
    own = replace(sample(), title="Mine")
    offered = find_upstream_changes(sample(), newer_sample(), own)
    assert [(change.key, change.what) for change in offered] == [
        ("third", "added"),
        ("first", "changed: hours"),
        ("second", "removed"),
    ]
    for change in offered:
        own = take_over(own, newer_sample(), change.key)
    assert not find_upstream_changes(sample(), newer_sample(), own)
    assert own.title == "Mine"
    assert set(own.milestones) == set(newer_sample().milestones)


def test_ones_own_changes_stay() -> None:
    own = edits.replace_milestone(sample(), replace(sample().milestones["red"], title="Rouge"))
    assert take_over(own, newer_sample(), "first").milestones["red"].title == "Rouge"


def test_a_skill_that_one_does_not_have_comes_along() -> None:
    own = edits.remove_skill(sample(), "core")
    taken = take_over(own, newer_sample(), "third")
    assert taken.skill_of["third"].key == "core"
    assert [m.key for m in taken.skills["core"].milestones] == ["third"]
