"""Pathways with what each adds, and both numbers as they would be."""

from collections.abc import Sequence
from datetime import timedelta

from roadmap.domain.learning.enrollments import Settings
from roadmap.domain.learning.targets import Track
from roadmap.queries.learning.roadmap_pages import SettingsPage, find_settings_page
from tests.support.learning import TODAY, Learning


def page(
    learning: Learning, pathways: Sequence[str] | None = None, hours: float = 6, **more: object
) -> SettingsPage:
    return find_settings_page(
        learning.session,
        learning.enrollment.public_id,
        seen_by=learning.person,
        at=learning.at,
        chosen=None if pathways is None else Settings(tuple(pathways), hours, **more),
    )


def test_each_pathway_says_what_it_alone_adds(learning: Learning) -> None:
    (group,) = page(learning).groups
    found = {choice.pathway.key: choice.adds.milestones for choice in group.choices}
    assert found == {"seer": 3, "reader": 3}
    assert (group.choices[0].adds.hours_low, group.choices[0].adds.hours_high) == (6.0, 12.0)


def test_the_size_counts_a_choice_of_one_as_one_at_its_mean(learning: Learning) -> None:
    size = page(learning, ()).size
    assert (size.milestones, size.hours_low, size.hours_high) == (4, 2 + 3 + 2 + 4, 4 + 3 + 4 + 16 / 3)


def test_a_preview_shows_both_numbers_and_changes_nothing(learning: Learning) -> None:
    learning.mark("see")
    found = page(learning, ("reader",))
    assert found.preview is not None
    assert (found.preview.claimed.done, found.preview.extra) == (0, 1)
    assert found.numbers.claimed.milestones_done == 1
    assert learning.enrollment.pathways == ["seer"]


def test_without_other_pathways_there_is_no_preview(learning: Learning) -> None:
    assert page(learning).preview is None


def test_unknown_pathways_in_a_preview_add_nothing(learning: Learning) -> None:
    assert page(learning, ("nothing",)).preview == page(learning, ()).preview


def test_a_preview_judges_the_target_at_the_hours_that_are_being_chosen(learning: Learning) -> None:
    learning.mark("second")
    learning.at += timedelta(weeks=3)
    target = TODAY + timedelta(weeks=6)
    learning.choose(target_on=target)
    now = page(learning).outlook
    assert (now.pace and now.pace.weeks, now.track) == (3, Track.LATE)
    assert page(learning, ["seer"], 12, target_on=target).outlook.track is Track.ON_TRACK
    assert page(learning, ["seer"], 12, target_on=target, shows_forecast=False).outlook.track is None


def test_a_preview_of_hours_that_cannot_be_set_has_no_outlook(learning: Learning) -> None:
    assert page(learning, ["seer"], float("nan"), target_on=TODAY).outlook.track is None
