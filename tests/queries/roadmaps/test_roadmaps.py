"""The catalogue and the public page of a roadmap."""

import pytest
from sqlalchemy.orm import Session

from roadmap.domain.errors import NotFound
from roadmap.domain.learning.enrollments import EnrollmentState
from roadmap.domain.roadmaps.roadmaps import Visibility
from roadmap.operations.roadmaps.catalogs import load_built_in
from roadmap.queries.roadmaps.roadmaps import all_roadmaps, catalog_for, find_outline, find_roadmap
from tests.support.cast import NOON, add_user
from tests.support.learning import Learning
from tests.support.outlines import add_roadmap, newer_sample, sample


def test_the_built_in_roadmap_stands_first(session: Session) -> None:
    add_roadmap(session, sample("aaa"))
    load_built_in(session, sample("zzz"), at=NOON)
    assert [entry.slug for entry in catalog_for(session, None)] == ["zzz", "aaa"]


def test_an_entry_says_how_large_the_core_is(learning: Learning) -> None:
    (entry,) = catalog_for(learning.session, None)
    assert (entry.milestones, entry.skills, entry.core.milestones, entry.edition) == (14, 6, 4, 1)


def test_an_entry_leads_to_ones_own_enrollment_while_it_is_not_archived(learning: Learning) -> None:
    (entry,) = catalog_for(learning.session, learning.person)
    assert entry.enrollment == learning.enrollment.public_id
    learning.choose(state=EnrollmentState.ARCHIVED)
    (entry,) = catalog_for(learning.session, learning.person)
    assert entry.enrollment is None


def test_the_newest_edition_is_shown(learning: Learning) -> None:
    learning.publish()
    view = find_roadmap(learning.session, "sample", seen_by=None)
    assert (view.entry.edition, view.outline) == (2, newer_sample())


def test_a_private_roadmap_is_seen_by_its_author_only(session: Session) -> None:
    lena, otto = add_user(session, "Lena"), add_user(session, "Otto")
    roadmap = add_roadmap(session)
    roadmap.visibility, roadmap.author_id = Visibility.PRIVATE, lena.id
    session.flush()
    assert [len(catalog_for(session, each)) for each in (lena, otto, None)] == [1, 0, 0]
    for person in (otto, None):
        with pytest.raises(NotFound):
            find_roadmap(session, "sample", seen_by=person)


def test_those_who_run_it_see_every_roadmap(session: Session) -> None:
    lena = add_user(session, "Lena")
    roadmap = add_roadmap(session)
    roadmap.visibility, roadmap.author_id = Visibility.PRIVATE, lena.id
    session.flush()
    (row,) = all_roadmaps(session)
    assert (row.slug, row.edition, row.author, row.visibility) == ("sample", 1, "lena@example.org", "private")
    assert find_outline(session, "sample") == sample()


def test_an_outline_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        find_outline(session, "nothing")
