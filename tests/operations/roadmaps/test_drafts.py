"""Drafts: saved states, undo, two people at once, and publishing."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roadmap.domain.accounts.users import User
from roadmap.domain.errors import Conflict, Forbidden, Invalid, NotFound, StaleText
from roadmap.domain.roadmaps import outline_edits as edits
from roadmap.domain.roadmaps.drafts import Draft, DraftRevision
from roadmap.domain.roadmaps.outlines import Outline, VerificationMode
from roadmap.domain.roadmaps.roadmaps import Roadmap, Visibility
from roadmap.exports.outline_documents import write_outline
from roadmap.imports.draft_texts import read_draft_text
from roadmap.operations.accounts.users import delete_user
from roadmap.operations.roadmaps import drafts as operations
from roadmap.operations.roadmaps.authoring import set_visibility
from roadmap.operations.roadmaps.catalogs import copy_roadmap
from roadmap.operations.roadmaps.drafts import (
    lock_draft,
    publish_draft,
    restore_revision,
    save_draft,
)
from tests.support.cast import NOON, add_user
from tests.support.drafts import add_draft
from tests.support.outlines import add_roadmap, sample


@pytest.fixture
def lena(session: Session) -> User:
    return add_user(session, "Lena")


def save(session: Session, draft: Draft, by: User, outline: Outline, *, seen: int | None = None) -> bool:
    seen = draft.version if seen is None else seen
    return save_draft(session, draft, lambda _: outline, seen=seen, by=by, at=NOON, what="Changed")


def add_milestone(outline: Outline, skill: str, title: str) -> Outline:
    return edits.add_milestones(outline, skill, [title], done_when="Done", verification=VerificationMode.SELF)


def test_a_new_roadmap_is_private_and_has_its_first_revision(session: Session, lena: User) -> None:
    draft = add_draft(session, lena)
    roadmap = session.get_one(Roadmap, draft.roadmap_id)
    assert (roadmap.visibility, roadmap.slug, draft.version) == (Visibility.PRIVATE, "own-roadmap", 1)
    assert draft.read() == replace(sample(), slug="own-roadmap", title="Own roadmap")


def test_two_roadmaps_of_one_title_have_two_slugs(session: Session, lena: User) -> None:
    slugs = {add_draft(session, lena).read().slug for _ in range(2)}
    assert len(slugs) == 2


def test_going_back_is_a_revision_too(session: Session, lena: User) -> None:
    draft = add_draft(session, lena)
    first = draft.read()
    save(session, draft, lena, edits.add_area(first, "More"))
    restore_revision(session, draft, 1, by=lena, at=NOON)
    assert (draft.read(), draft.version) == (first, 3)
    restore_revision(session, draft, 2, by=lena, at=NOON)
    assert [area.title for area in draft.read().areas] == ["Area", "More"]
    with pytest.raises(NotFound):
        restore_revision(session, draft, 99, by=lena, at=NOON)


def test_saving_the_same_writes_nothing(session: Session, lena: User) -> None:
    draft = add_draft(session, lena)
    assert not save(session, draft, lena, draft.read())
    assert draft.version == 1


def test_two_people_who_change_different_parts_both_save(session: Session, lena: User) -> None:
    draft = add_draft(session, lena)
    for key in ("first", "second"):

        def rename(outline: Outline, key: str = key) -> Outline:
            return edits.replace_milestone(outline, replace(outline.milestones[key], title=f"New {key}"))

        def part(outline: Outline, key: str = key) -> object:
            return outline.milestones[key]

        save_draft(session, draft, rename, seen=1, by=lena, at=NOON, what="Renamed", part=part)
    assert [draft.read().milestones[key].title for key in ("first", "second")] == ["New first", "New second"]
    with pytest.raises(StaleText):
        save_draft(session, draft, rename, seen=1, by=lena, at=NOON, what="Renamed", part=part)


def test_only_the_newest_hundred_revisions_stay(
    session: Session, lena: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "MAX_REVISIONS", 3)
    draft = add_draft(session, lena)
    for number in range(5):
        save(session, draft, lena, replace(draft.read(), summary=f"Text {number}"))
    numbers = session.scalars(select(DraftRevision.number).order_by(DraftRevision.number)).all()
    assert numbers == [4, 5, 6]


def test_strangers_may_not_write_it_and_do_not_see_it(session: Session, lena: User) -> None:
    draft, otto = add_draft(session, lena), add_user(session, "Otto")
    ada = add_user(session, "Ada", is_admin=True)
    slug = draft.read().slug
    with pytest.raises(NotFound):
        lock_draft(session, slug, by=otto, at=NOON)
    assert lock_draft(session, slug, by=ada, at=NOON) is draft
    session.get_one(Roadmap, draft.roadmap_id).visibility = Visibility.LISTED
    with pytest.raises(Forbidden):
        lock_draft(session, slug, by=otto, at=NOON)


def test_the_built_in_roadmap_is_copied_and_not_changed(session: Session, lena: User) -> None:
    add_roadmap(session).is_built_in = True
    ada = add_user(session, "Ada", is_admin=True)
    with pytest.raises(Forbidden, match="copy"):
        lock_draft(session, "sample", by=ada, at=NOON)
    copied = copy_roadmap(session, "sample", by=lena, at=NOON)
    assert copied.read().areas == sample().areas
    assert copied.copied_from_id is not None


def test_what_is_for_personal_use_is_never_listed_or_copied(session: Session, lena: User) -> None:
    roadmap = add_roadmap(session)
    roadmap.visibility, roadmap.is_restricted, roadmap.author_id = Visibility.PRIVATE, True, lena.id
    session.flush()
    with pytest.raises(Forbidden):
        copy_roadmap(session, "sample", by=lena, at=NOON)
    with pytest.raises(NotFound):
        copy_roadmap(session, "sample", by=add_user(session, "Otto"), at=NOON)


def test_a_draft_with_gaps_is_saved_and_not_published(session: Session, lena: User) -> None:
    draft = add_draft(session, lena, Outline("", "x", "", "", "", ()))
    with pytest.raises(Invalid, match="missing or wrong"):
        publish_draft(session, draft, seen=1, at=NOON)


def test_publishing_wants_the_version_that_was_seen(session: Session, lena: User) -> None:
    draft = add_draft(session, lena)
    save(session, draft, lena, add_milestone(draft.read(), "core", "New"))
    with pytest.raises(Conflict):
        publish_draft(session, draft, seen=1, at=NOON)
    edition = publish_draft(session, draft, seen=2, at=NOON)
    assert edition is not None
    assert edition.number == 1
    assert publish_draft(session, draft, seen=2, at=NOON) is None


def test_a_person_has_fifty_unpublished_roadmaps_at_most(
    session: Session, lena: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "MAX_DRAFTS", 2)
    add_draft(session, lena)
    add_draft(session, lena)
    with pytest.raises(Invalid, match="drafts"):
        add_draft(session, lena)


def test_deleting_an_account_deletes_what_it_was_writing(session: Session, lena: User) -> None:
    published = add_draft(session, lena, title="Published")
    publish_draft(session, published, seen=1, at=NOON)
    set_visibility(session, "published", Visibility.LISTED, by=lena)
    add_draft(session, lena)
    delete_user(session, lena, by=lena, at=NOON)
    session.expire_all()
    assert session.scalars(select(Roadmap.slug)).all() == ["published"]
    assert session.scalar(select(func.count()).select_from(DraftRevision)) == 0


TITLES = st.text("abcé蜂 -", min_size=1, max_size=12).filter(str.strip)
KINDS = ("area", "skill", "milestone", "rename", "move", "away", "text", "remove")
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 40), TITLES), max_size=8)


def edit(outline: Outline, kind: str, number: int, title: str) -> Outline:
    """One change in one of the editors, as a person might make it."""
    areas, skills, milestones = outline.areas, list(outline.skills), list(outline.milestones)
    area, skill, key = (
        parts[number % len(parts)] if parts else None for parts in (areas, skills, milestones)
    )
    changed = outline
    match kind:
        case "text":
            changed = read_draft_text(write_outline(outline).decode(), slug=outline.slug)
        case "area":
            changed = edits.add_area(outline, title)
        case "skill" if area:
            changed = edits.add_skill(outline, area.key, title)
        case "milestone" if skill:
            changed = add_milestone(outline, skill, title)
        case "rename" if key:
            changed = edits.replace_milestone(outline, replace(outline.milestones[key], title=title.strip()))
        case "move" if key:
            changed = edits.change_milestones(
                outline, lambda parts: edits.move_part(parts, key, number % 3 - 1)
            )
        case "away" if key and skill:
            changed = edits.move_milestone_to(outline, key, skill)
        case "remove" if key:
            changed = edits.remove_milestone(outline, key)
    return changed


# What is stored is a list of texts, which other tests write and read on both databases.
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_edits_in_both_editors_are_undone_to_the_start(
    session: Session, lena: User, steps: list[tuple[str, int, str]]
) -> None:
    with session.begin_nested() as savepoint:
        draft = add_draft(session, lena)
        states = [draft.read()]
        for step in steps:
            before = draft.read()
            if save(session, draft, lena, edit(before, *step)):
                states.append(draft.read())
            if step[0] == "rename":
                assert draft.read().milestones.keys() == before.milestones.keys()
        for number in range(len(states), 0, -1):
            restore_revision(session, draft, number, by=lena, at=NOON)
            assert draft.read() == states[number - 1]
        savepoint.rollback()
