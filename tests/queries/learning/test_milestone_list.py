"""The parts of the list that a mark may change."""

from roadmap.queries.learning.milestone_list import ChangedRows, changed_rows
from roadmap.queries.learning.roadmap_pages import find_roadmap_page
from roadmap.queries.learning.snapshots import own_snapshot
from tests.support.learning import Learning
from tests.support.outlines import sample


def parts(learning: Learning, *keys: str) -> ChangedRows:
    return changed_rows(own_snapshot(learning.session, learning.enrollment, at=learning.at), keys)


def test_a_mark_changes_its_row_and_those_it_makes_ready(learning: Learning) -> None:
    learning.mark("first")
    found = parts(learning, "first")
    rows = {row.milestone.key: row.ready for row in found.rows}
    assert rows == {"first": False, "second": True, "look": False}
    assert [skill.key for skill, _ in found.skills] == ["core"]


def test_a_choice_of_one_changes_its_siblings(learning: Learning) -> None:
    learning.choose(pathways=("reader",))
    learning.mark("red")
    rows = {row.milestone.key: row.ready for row in parts(learning, "red").rows}
    assert rows == {"red": False, "green": False, "blue": False, "write": True}


def test_what_left_the_edition_has_no_part(learning: Learning) -> None:
    assert parts(learning, "third", "nothing").rows == ()


def test_the_parts_hold_every_row_that_differs_on_the_page(learning: Learning) -> None:
    def listed() -> dict[str, object]:
        public_id = learning.enrollment.public_id
        page = find_roadmap_page(learning.session, public_id, seen_by=learning.person, at=learning.at)
        return {row.milestone.key: row for area in page.areas for group in area.skills for row in group.rows}

    keys = list(listed())
    assert len(keys) == len(sample().milestones)
    for key in keys:
        before = listed()
        learning.mark(key)
        after = listed()
        differing = {each for each, row in after.items() if row != before[each]}
        assert differing <= {row.milestone.key for row in parts(learning, key).rows}
