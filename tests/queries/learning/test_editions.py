"""The offer of a newer edition: the difference, and both numbers before and after."""

from roadmap.domain.roadmaps.roadmaps import Roadmap
from roadmap.operations.roadmaps.editions import newest_edition, retire_edition
from roadmap.queries.learning.editions import EditionPage, find_edition_page
from roadmap.queries.learning.roadmap_pages import find_roadmap_page
from tests.support.learning import Learning


def page(learning: Learning) -> EditionPage:
    return find_edition_page(
        learning.session, learning.enrollment.public_id, seen_by=learning.person, at=learning.at
    )


def test_without_a_newer_edition_nothing_is_offered(learning: Learning) -> None:
    assert page(learning).offer is None


def test_the_offer_names_what_differs(learning: Learning) -> None:
    learning.publish()
    offer = page(learning).offer
    assert offer is not None
    assert [each.key for each in offer.difference.added] == ["third"]
    assert [each.key for each in offer.difference.removed] == ["second"]
    assert [each.milestone.key for each in offer.difference.altered] == ["first"]


def test_the_offer_shows_the_numbers_that_accepting_brings(learning: Learning) -> None:
    learning.mark("first")
    learning.mark("second")
    learning.publish()
    offer = page(learning).offer
    assert offer is not None
    assert page(learning).before.claimed.milestones_done == 2
    learning.accept(offer.number)
    assert page(learning).before == offer.after
    assert offer.after.claimed.milestones_done == 1


def test_the_list_tells_of_the_offer(learning: Learning) -> None:
    learning.publish()
    found = find_roadmap_page(
        learning.session, learning.enrollment.public_id, seen_by=learning.person, at=learning.at
    )
    assert (found.enrollment.edition, found.enrollment.newer_edition) == (1, 2)


def test_a_retired_edition_is_not_offered(learning: Learning) -> None:
    learning.publish()
    newest = newest_edition(
        learning.session, learning.session.get_one(Roadmap, learning.enrollment.roadmap_id)
    )
    assert newest is not None
    retire_edition(learning.session, newest, at=learning.at)
    assert page(learning).offer is None
