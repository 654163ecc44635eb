"""The catalogue: the built-in roadmap and those that come from files."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from roadmap.bootstrap import BUILT_IN
from roadmap.domain.errors import Forbidden
from roadmap.domain.roadmaps.roadmaps import Edition, Roadmap
from roadmap.imports.outlines import read_outline
from roadmap.operations.roadmaps.authoring import end_editions
from roadmap.operations.roadmaps.catalogs import import_outline, load_built_in
from tests.support.cast import NOON, add_user
from tests.support.outlines import newer_sample, sample


def roadmap_of(session: Session, edition: Edition | None) -> Roadmap:
    assert edition is not None
    return session.get_one(Roadmap, edition.roadmap_id)


def test_the_built_in_roadmap_is_published_once(session: Session) -> None:
    first = load_built_in(session, sample(), at=NOON)
    assert roadmap_of(session, first).is_built_in
    assert load_built_in(session, sample(), at=NOON) is None


def test_a_release_with_a_changed_file_brings_its_next_edition(session: Session) -> None:
    load_built_in(session, sample(), at=NOON)
    second = load_built_in(session, newer_sample(), at=NOON)
    assert second is not None
    assert second.number == 2


def test_a_built_in_roadmap_that_was_retired_stays_retired(session: Session) -> None:
    edition = load_built_in(session, sample(), at=NOON)
    end_editions(session, roadmap_of(session, edition), at=NOON)
    assert load_built_in(session, sample(), at=NOON) is None
    assert load_built_in(session, newer_sample(), at=NOON) is None


def test_the_built_in_roadmap_leaves_one_of_the_same_slug_alone(session: Session) -> None:
    own = roadmap_of(session, import_outline(session, sample(), by=None, at=NOON))
    assert load_built_in(session, newer_sample(), at=NOON) is None
    assert not own.is_built_in


def test_nobody_imports_over_the_built_in_roadmap(session: Session) -> None:
    load_built_in(session, sample(), at=NOON)
    for person in (None, add_user(session, "Boss", is_admin=True)):
        with pytest.raises(Forbidden, match="built-in"):
            import_outline(session, newer_sample(), by=person, at=NOON)


def test_nobody_takes_the_slug_of_the_built_in_roadmap_before_it_is_loaded(session: Session) -> None:
    taken = replace(sample(), slug=read_outline(BUILT_IN.read_bytes()).slug)
    with pytest.raises(Forbidden, match="built-in"):
        import_outline(session, taken, by=None, at=NOON)


def test_an_author_publishes_the_next_edition_and_others_do_not(session: Session) -> None:
    lena, otto = add_user(session, "Lena"), add_user(session, "Otto")
    assert roadmap_of(session, import_outline(session, sample(), by=lena, at=NOON)).author_id == lena.id
    with pytest.raises(Forbidden, match="someone else"):
        import_outline(session, newer_sample(), by=otto, at=NOON)
    second = import_outline(session, newer_sample(), by=lena, at=NOON)
    assert second is not None
    assert second.number == 2


def test_an_administrator_and_the_installation_publish_for_anybody(session: Session) -> None:
    lena, boss = add_user(session, "Lena"), add_user(session, "Boss", is_admin=True)
    import_outline(session, sample(), by=lena, at=NOON)
    assert import_outline(session, newer_sample(), by=boss, at=NOON) is not None
    assert roadmap_of(session, import_outline(session, sample(), by=None, at=NOON)).author_id == lena.id
