"""Editions: published once, accepted or left, retired; progress stays with its milestone's key."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.cache.editions import stored_outline
from roadmap.domain.errors import Conflict, NotFound
from roadmap.domain.learning.progress import Status
from roadmap.domain.roadmaps.outlines import ResourceAccess, ResourceOutline, ResourceType
from roadmap.domain.roadmaps.pathway_groups import GroupChoice, GroupOutline
from roadmap.domain.roadmaps.roadmaps import Edition, EditionState, Milestone, Roadmap
from roadmap.operations.roadmaps.editions import newest_edition, publish_edition, retire_edition
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.outlines import add_roadmap, enroll, milestone, newer_sample, outline, sample, skill


def edition(learning: Learning) -> int:
    return learning.session.get_one(Edition, learning.enrollment.edition_id).number


def newest(session: Session, roadmap_id: int) -> Edition:
    found = newest_edition(session, session.get_one(Roadmap, roadmap_id))
    assert found is not None
    return found


def test_an_outline_comes_back_as_it_was_published(session: Session) -> None:
    roadmap = add_roadmap(session)
    assert stored_outline(session, newest(session, roadmap.id).id).outline == sample()


def test_later_fields_come_back_as_they_were_published(session: Session) -> None:
    docs = ResourceOutline("D", "https://example.org", ResourceType.DOCS, ResourceAccess.ACCOUNT)
    step = milestone("step", resources=(docs,), topics=("Docker", "containers"), was=("old-step",))
    step = replace(step, same_as=("bees/step",))
    groups = (GroupOutline("bakery", "Bakeries", "Where?", GroupChoice.ONE),)
    content = outline(skill("core", step, was=("base",), same_as=("https://x.example.org/1",)))
    content = replace(content, language="de", groups=groups)
    roadmap = add_roadmap(session, content)
    assert stored_outline(session, newest(session, roadmap.id).id).outline == content


def test_the_same_outline_is_not_published_twice(session: Session) -> None:
    roadmap = add_roadmap(session)
    assert publish_edition(session, roadmap, sample(), at=NOON) is None
    assert newest(session, roadmap.id).number == 1


def test_going_back_to_an_earlier_outline_is_a_third_edition(session: Session) -> None:
    roadmap = add_roadmap(session)
    publish_edition(session, roadmap, newer_sample(), at=NOON)
    third = publish_edition(session, roadmap, sample(), at=NOON)
    assert third is not None
    assert (third.number, third.state) == (3, EditionState.PUBLISHED)


def test_a_milestone_keeps_its_identity_across_editions(session: Session) -> None:
    roadmap = add_roadmap(session)
    publish_edition(session, roadmap, newer_sample(), at=NOON)
    count = select(func.count()).where(Milestone.roadmap_id == roadmap.id)
    assert session.scalar(count) == len({*sample().milestones, *newer_sample().milestones})


def test_a_new_edition_moves_nobody(learning: Learning) -> None:
    learning.mark("second")
    learning.publish()
    assert (edition(learning), learning.milestone_state("second").status) == (1, Status.DONE)


def test_accepting_keeps_progress_by_key(learning: Learning) -> None:
    learning.mark("first", reason="Why")
    before = learning.milestone_state("first")
    learning.publish()
    learning.accept(2)
    assert (edition(learning), learning.milestone_state("first")) == (2, before)


def test_what_left_the_edition_cannot_be_marked_and_comes_back_with_undo(learning: Learning) -> None:
    learning.mark("second")
    learning.publish()
    accepted = learning.accept()
    with pytest.raises(NotFound):
        learning.mark("second")
    learning.undo(accepted)
    assert (edition(learning), learning.milestone_state("second").status) == (1, Status.DONE)


def test_accepting_an_edition_that_is_not_the_newest_is_refused(learning: Learning) -> None:
    learning.publish()
    with pytest.raises(Conflict, match="A newer edition"):
        learning.accept(3)
    assert edition(learning) == 1


def test_accepting_the_edition_one_follows_writes_nothing(learning: Learning) -> None:
    assert learning.accept() is None
    assert len(learning.events()) == 3


def test_those_enrolled_stay_on_a_retired_edition(learning: Learning) -> None:
    retire_edition(learning.session, newest(learning.session, learning.enrollment.roadmap_id), at=NOON)
    learning.mark("first")
    assert learning.accept() is None
    assert learning.milestone_state("first").status is Status.DONE


def test_nobody_new_starts_a_retired_edition(learning: Learning) -> None:
    otto = add_user(learning.session, "Otto")
    retire_edition(learning.session, newest(learning.session, learning.enrollment.roadmap_id), at=NOON)
    with pytest.raises(NotFound):
        enroll(learning.session, otto)


def test_a_retired_edition_leaves_new_learners_the_one_before(learning: Learning) -> None:
    learning.publish()
    retire_edition(learning.session, newest(learning.session, learning.enrollment.roadmap_id), at=NOON)
    otto = enroll(learning.session, add_user(learning.session, "Otto"))
    assert otto.edition_id == learning.enrollment.edition_id


def test_whoever_follows_a_retired_edition_is_not_moved_back(learning: Learning) -> None:
    learning.publish()
    learning.accept()
    retire_edition(learning.session, newest(learning.session, learning.enrollment.roadmap_id), at=NOON)
    assert learning.accept() is None
    assert edition(learning) == 2


def test_the_number_of_a_retired_edition_is_not_used_again(session: Session) -> None:
    roadmap = add_roadmap(session)
    retire_edition(session, newest(session, roadmap.id), at=NOON)
    second = publish_edition(session, roadmap, sample(), at=NOON)
    assert second is not None
    assert second.number == 2
