"""The list of an enrollment: areas, skills and rows, filters and search."""

import pytest

from roadmap.domain.errors import NotFound
from roadmap.domain.learning.progress import Status, Verification
from roadmap.queries.learning.milestone_list import Row
from roadmap.queries.learning.roadmap_pages import ListFilter, RoadmapPage, find_roadmap_page
from tests.support.cast import add_user
from tests.support.learning import TOMORROW, Learning
from tests.support.mentoring import mentor_of, review, submit
from tests.support.outlines import sample


def page(learning: Learning, only: ListFilter = ListFilter.ALL, words: str = "") -> RoadmapPage:
    return find_roadmap_page(
        learning.session,
        learning.enrollment.public_id,
        seen_by=learning.person,
        at=learning.at,
        only=only,
        words=words,
    )


def rows(page: RoadmapPage) -> dict[str, Row]:
    return {row.milestone.key: row for area in page.areas for group in area.skills for row in group.rows}


def test_the_list_holds_every_milestone_in_the_order_of_the_outline(learning: Learning) -> None:
    found = page(learning)
    assert list(rows(found)) == list(sample().milestones)
    assert (found.shown, found.total) == (14, 14)


def test_a_row_shows_status_verification_and_revisit_day(learning: Learning) -> None:
    learning.mark("first")
    learning.mark("habit")
    learning.revisit("first", TOMORROW)
    found = rows(page(learning))
    first = found["first"]
    assert (first.status, first.verification, first.revisit_on) == (
        *(Status.DONE, Verification.NONE),
        TOMORROW,
    )
    assert found["habit"].verification is Verification.NONE


def test_a_row_is_ready_once_what_comes_first_is_done(learning: Learning) -> None:
    assert not rows(page(learning))["second"].ready
    learning.mark("first")
    found = rows(page(learning))
    assert (found["second"].ready, found["first"].ready) == (True, False)


def test_skills_outside_the_plan_are_listed_without_numbers(learning: Learning) -> None:
    groups = {group.skill.key: group for area in page(learning).areas for group in area.skills}
    assert [key for key, group in groups.items() if not group.in_plan] == ["text", "trend"]
    assert groups["text"].numbers.claimed.percent is None
    assert groups["core"].numbers.claimed.milestones_total == 3


def test_the_numbers_of_page_area_and_skill_add_up(learning: Learning) -> None:
    milo = mentor_of(learning)
    review(learning, submit(learning, "habit"), milo)
    found = page(learning)
    (area,) = found.areas
    done = [group.numbers.verified.done for group in area.skills if group.in_plan]
    assert area.numbers.verified.done == found.numbers.verified.done == sum(done) > 0


def test_a_filter_keeps_the_rows_it_names(learning: Learning) -> None:
    learning.mark("first")
    learning.mark("see", Status.SKIPPED)
    for only, keys in (
        (ListFilter.SKIPPED, {"see"}),
        (ListFilter.OPEN, set(sample().milestones) - {"first", "see"}),
        (ListFilter.READY, {"second", "habit", "red", "green", "blue", "join"}),
        (ListFilter.SUBMITTED, set()),
        (ListFilter.RETURNED, set()),
    ):
        assert set(rows(page(learning, only))) == keys, only


def test_areas_and_skills_without_a_row_left_are_left_out(learning: Learning) -> None:
    assert page(learning, ListFilter.SKIPPED).areas == ()
    (area,) = page(learning, words="watch").areas
    assert [group.skill.key for group in area.skills] == ["trend"]


def test_search_finds_all_words_in_any_case_and_order(learning: Learning) -> None:
    for words in ("WHY first", "first", " why  First. ", "fir"):
        assert list(rows(page(learning, words=words))) == ["first"], words


def test_search_and_filter_leave_the_numbers_alone(learning: Learning) -> None:
    learning.mark("first")
    assert page(learning, ListFilter.SKIPPED, "nothing").numbers == page(learning).numbers
    assert page(learning, ListFilter.SKIPPED).total == 14


def test_somebody_elses_list_is_not_found(learning: Learning) -> None:
    learning.person = add_user(learning.session, "Otto")
    with pytest.raises(NotFound):
        page(learning)
