"""What is written near the topics of a roadmap.sh map, or around them, becomes an area."""

from typing import Any

from roadmap.domain.imports.import_rows import Certainty, ImportedFile, RowLevel
from roadmap.imports.foreign.foreign_files import read_foreign_file
from tests.support.foreign_files import as_json, graph_node


def topics(*names: str) -> list[dict[str, Any]]:
    """Topics below each other, 200 pixels apart."""
    return [graph_node(name, "topic", 0, 200 * number) for number, name in enumerate(names)]


def areas(*nodes: dict[str, Any]) -> list[str]:
    imported = read_foreign_file(as_json({"nodes": list(nodes), "edges": []}), title="Bees")
    assert isinstance(imported, ImportedFile)
    shown = []
    for row in imported.rows:
        if row.level is RowLevel.AREA:
            shown.append(f"{row.title} ({row.certainty})")
            assert row.reason
        elif row.level is RowLevel.SKILL:
            shown[-1] += f" {row.title}"
    return shown


def test_without_a_text_there_is_one_area() -> None:
    assert areas(*topics("a", "b")) == [f"Bees ({Certainty.LIKELY}) a b"]


def test_a_text_above_a_run_of_topics_is_their_area_until_the_next_one() -> None:
    first, second = graph_node("h", "label", 0, -60, "Basics"), graph_node("i", "paragraph", 0, 340, "Winter")
    assert areas(*topics("a", "b", "c", "d"), first, second) == ["Basics (guess) a b", "Winter (guess) c d"]


def test_topics_before_the_first_text_are_in_an_area_named_like_the_roadmap() -> None:
    heading = graph_node("h", "label", 0, 340, "Winter")
    assert areas(*topics("a", "b", "c", "d"), heading) == ["Bees (likely) a b", "Winter (guess) c d"]


def test_a_box_is_the_area_of_the_topics_in_it_alone() -> None:
    box = graph_node("h", "section", -10, 190, "Basics") | {"width": 200, "height": 300}
    assert areas(*topics("a", "b", "c", "d"), box) == ["Bees (likely) a d", "Basics (guess) b c"]


def test_a_text_of_a_single_topic_is_a_note() -> None:
    first, second = graph_node("h", "label", 0, -60, "Basics"), graph_node("i", "label", 0, 340, "Mind this")
    assert areas(*topics("a", "b", "c"), first, second) == ["Basics (guess) a b c"]


def test_a_text_that_is_nearer_to_a_step_is_a_note() -> None:
    step, note = graph_node("s", "subtopic", 300, 0), graph_node("h", "label", 300, -51, "Mind this")
    assert areas(*topics("a", "b"), step, note) == ["Bees (likely) a b"]


def test_long_texts_are_notes_and_counted_as_left_out() -> None:
    note = graph_node("h", "paragraph", 0, -60, "Find a longer version of this somewhere else. " * 3)
    imported = read_foreign_file(as_json({"nodes": [*topics("a", "b"), note], "edges": []}))
    assert isinstance(imported, ImportedFile)
    assert imported.left_out == ("nodes of type “paragraph”, which are only lines and notes (1)",)
