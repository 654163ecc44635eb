"""Whom a draft touches: what is said before publishing is what people get who accept."""

from dataclasses import replace

import pytest

from roadmap.domain.roadmaps import outline_edits as edits
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.queries.learning.draft_effects import DraftEffects, ReusedKey, effects_of
from roadmap.queries.learning.editions import find_edition_page
from tests.support.cast import add_user
from tests.support.learning import Learning
from tests.support.outlines import enroll, milestone, newer_sample, sample


def effects(learning: Learning, outline: Outline) -> DraftEffects:
    return effects_of(learning.session, learning.enrollment.roadmap_id, outline, sample())


def percent(learning: Learning) -> int:
    page = find_edition_page(
        learning.session, learning.enrollment.public_id, seen_by=learning.person, at=learning.at
    )
    return page.before.claimed.percent or 0


def test_the_numbers_that_go_down_are_those_of_the_people_who_accept(learning: Learning) -> None:
    others = [add_user(learning.session, name) for name in ("Otto", "Mina", "Ada")]
    started = [Learning(learning.session, user, enroll(learning.session, user)) for user in others]
    everybody = [learning, *started]
    marks = (("first", "second"), ("second",), ("habit",), ())
    for person, keys in zip(everybody, marks, strict=True):
        for key in keys:
            person.mark(key)
    said = effects(learning, newer_sample())
    before = [percent(person) for person in everybody]
    learning.publish()
    for person in everybody:
        person.accept()
    steps = [earlier - percent(person) for earlier, person in zip(before, everybody, strict=True)]
    assert said.learners == 4
    assert said.going_down == sum(step > 0 for step in steps) == 3
    assert said.largest == max(steps)
    assert [(lost.key, lost.done_by) for lost in said.lost] == [("second", 2)]


def test_a_key_that_changed_with_the_same_title_is_asked_about(learning: Learning) -> None:
    learning.mark("first")
    without = edits.remove_milestone(sample(), "first")
    core = without.skills["core"]
    again = replace(milestone("anew"), title="First")
    renamed = edits.replace_skill(without, replace(core, milestones=(again, *core.milestones)))
    assert [(lost.key, lost.same_title) for lost in effects(learning, renamed).lost] == [("first", "anew")]
    kept = edits.replace_milestone(renamed, replace(again, was=("first",)))
    assert (effects(learning, kept).lost, effects(learning, kept).going_down) == ((), 0)


def with_title(outline: Outline, key: str, title: str, *criteria: str) -> Outline:
    changed = replace(outline.milestones[key], title=title, done_when=criteria or (f"{title} works",))
    return edits.replace_milestone(outline, changed)


def test_a_key_that_means_something_else_is_named_with_whoever_had_it_done(learning: Learning) -> None:
    learning.mark("first")
    said = effects(learning, with_title(sample(), "first", "Deploy a model"))
    assert said.reused == (ReusedKey("first", "First", "Deploy a model", done_by=1),)
    assert said.lost == ()


@pytest.mark.parametrize(
    ("title", "criteria"), [("First step", ()), ("Der Anfang", ("first works",)), ("First", ("New",))]
)
def test_a_key_whose_milestone_is_reworded_is_not_named(
    learning: Learning, title: str, criteria: tuple[str, ...]
) -> None:
    assert effects(learning, with_title(sample(), "first", title, *criteria)).reused == ()


def test_a_key_that_left_long_ago_is_compared_with_what_it_was(learning: Learning) -> None:
    learning.mark("second")
    learning.publish()
    for title, count in (("Deploy a model", 1), ("Second", 0)):
        again = with_title(sample(), "second", title)
        found = effects_of(learning.session, learning.enrollment.roadmap_id, again, newer_sample()).reused
        assert [(each.title_before, each.done_by) for each in found] == [("Second", 1)] * count


def test_without_learners_nobody_is_touched(learning: Learning) -> None:
    assert effects_of(learning.session, 0, sample(), None) == DraftEffects(0, 0, 0, ())
