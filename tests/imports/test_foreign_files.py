"""Files that people have become rows: lists, tables, maps and packages of other programs."""

import pytest

from roadmap.domain.imports.import_rows import Certainty, ImportedFile, ImportRow, RowLevel
from roadmap.domain.roadmaps.outlines import Outline
from roadmap.exports.outline_documents import write_outline
from roadmap.imports.foreign.foreign_files import FileFormat, read_foreign_file
from tests.support.foreign_files import (
    CASE,
    CHAPTERS,
    COURSES,
    MOODLE,
    NESTED,
    as_json,
    graph,
    graph_node,
    long_list,
    tables_of_courses,
)
from tests.support.outlines import sample


def read(file: str | bytes, **more: str) -> ImportedFile:
    imported = read_foreign_file(file.encode() if isinstance(file, str) else file, **more)
    assert isinstance(imported, ImportedFile)
    return imported


def tree(imported: ImportedFile) -> list[str]:
    """The titles of areas, skills and milestones, each below what it is in."""
    depth = {RowLevel.AREA: 0, RowLevel.SKILL: 1, RowLevel.MILESTONE: 2}
    return ["  " * depth[row.level] + row.title for row in imported.rows if row.level in depth]


def row(imported: ImportedFile, title: str) -> ImportRow:
    return next(row for row in imported.rows if row.title == title)


def test_headings_boxes_and_what_is_in_them() -> None:
    imported = read(
        "# Bees\n\nAll of it.\n\n## Hive\n\nAbout it.\n\n### Frames\n\n- [x] Open [one](https://a.example.org)\n"
        "  - shows it\n  - [Film](https://b.example.org)\n\n### Smoke\n\n- [ ] Light it\n"
        "\n## Year\n\n- [X] Feed\n"
    )
    assert tree(imported) == [
        "Hive",
        "  Frames",
        "    Open one",
        "  Smoke",
        "    Light it",
        "Year",
        "  Year",
        "    Feed",
    ]
    assert (imported.title, imported.description) == ("Bees", "All of it.")
    assert [row.title for row in imported.rows if row.is_ticked] == ["Open one", "Feed"]
    assert [r.level for r in imported.rows if r.parent == 2] == [RowLevel.CRITERION, RowLevel.RESOURCE]
    assert [resource.url for resource in row(imported, "Open one").resources] == ["https://a.example.org"]


def test_one_level_of_headings_makes_skills_of_one_area() -> None:
    assert tree(read("# Bees\n\n## Hive\n- open\n\n## Year\n- feed\n")) == [
        "Bees",
        "  Hive",
        "    open",
        "  Year",
        "    feed",
    ]


def test_deeper_headings_join_the_title_of_the_skill() -> None:
    imported = read("# B\n## A\n### S\n#### T\n- [ ] x\n## C\n### D\n- [ ] y\n")
    assert tree(imported) == ["A", "  S · T", "    x", "C", "  D", "    y"]


def test_lines_without_marks_are_guessed_to_be_milestones() -> None:
    imported = read("Open the hive\nFind the queen ✅\n", title="Bees")
    assert tree(imported) == ["Bees", "  Bees", "    Open the hive", "    Find the queen"]
    assert [(row.certainty, row.is_ticked) for row in imported.rows[2:]] == [
        (Certainty.GUESS, False),
        (Certainty.GUESS, True),
    ]


@pytest.mark.parametrize(
    ("copied", "expected"),
    [
        ("1. Install\n1.1 rustup\n   1.2. cargo\n2. Own\n", ["Install", "  rustup", "  cargo", "Own"]),
        (
            "9. Own\n   a) Move\n   b) Borrow\n10. Async\n    • tokio\n",
            ["Own", "  Move", "  Borrow", "Async", "  tokio"],
        ),
        ("• Open the hive\n•\tFind the queen\n", ["Open the hive", "Find the queen"]),
        ("☐ Open the hive\n☑ Find the queen\n", ["Open the hive", "Find the queen (done)"]),
        ("1. Walk\n\n2.5 km a day are enough.\n\n3. Run\n3.1 slowly\n", ["Walk", "Run", "  slowly"]),
    ],
)
def test_lists_copied_from_a_page_keep_their_items(copied: str, expected: list[str]) -> None:
    """Items inside are criteria."""
    rows = read(copied).rows[2:]
    inside = {RowLevel.CRITERION: "  ", RowLevel.MILESTONE: ""}
    assert [inside[row.level] + row.title + " (done)" * row.is_ticked for row in rows] == expected


def test_the_second_column_that_could_name_the_area_names_the_skill() -> None:
    imported = read("Bereich;Thema;Schritt;Stunden\nBäcker;Teig;Kneten;2,5\nBäcker;Ofen;Backen;1\n")
    assert tree(imported) == ["Bäcker", "  Teig", "    Kneten", "  Ofen", "    Backen"]
    assert imported.left_out == ()


def test_lines_that_lead_to_places_of_the_file_are_left_out() -> None:
    imported = read("- [Part](#part)\n\n## Part\n- a step\n")
    assert tree(imported)[-1] == "    a step"
    assert imported.left_out == ("lines that only link to another part of the file (1)",)


def test_a_long_list_has_the_counts_that_it_has() -> None:
    imported = read(long_list())
    milestones = [row for row in imported.rows if row.level is RowLevel.MILESTONE]
    with_criteria = {row.parent for row in imported.rows if row.level is RowLevel.CRITERION}
    links = [row for row in milestones if row.certainty is Certainty.GUESS]
    assert (imported.count(RowLevel.SKILL), len(milestones)) == (37, 208)
    assert (len(with_criteria), len(links)) == (71, 119)
    assert imported.count(RowLevel.AREA) == 5


def test_tables_of_courses_have_the_counts_that_they_have() -> None:
    imported = read(tables_of_courses())
    milestones = [row for row in imported.rows if row.level is RowLevel.MILESTONE]
    assert (imported.count(RowLevel.SKILL), len(milestones)) == (15, 63)
    assert sum(bool(row.resources) for row in milestones) == 54
    assert {row.hours for row in milestones} == {(78.0, 130.0)}
    assert tree(imported)[:2] == ["Part 1", "  Subject 1"]


def test_cells_of_a_spreadsheet() -> None:
    imported = read(
        "Thema\tFähigkeit\tAufgabe\tStunden\tErledigt wenn\n\tHive\tOpen\t2,5\tcalm; quiet\n\t\tClose\t\t\n"
    )
    opened = row(imported, "Open")
    assert tree(imported)[1:] == ["  Hive", "    Open", "    Close"]
    assert (opened.hours, opened.criteria) == ((2.5, 2.5), ("calm", "quiet"))
    assert imported.format == "Spreadsheet cells"


def test_courses_as_csv_with_merged_cells_and_links() -> None:
    imported = read(COURSES)
    first, second = row(imported, "Hive I"), row(imported, "Hive II")
    assert tree(imported)[1:] == ["  Bees", "    Hive I", "    Hive II"]
    assert (first.hours, second.hours) == ((78.0, 130.0), (2.0, 2.0))
    assert first.resources[0].title == "Library"
    assert "Session" in imported.left_out[0]


def test_competencies_with_the_ids_of_their_parents() -> None:
    imported = read(MOODLE)
    assert tree(imported) == ["Beekeeping", "  Look after a hive", "    Open a hive"]
    assert row(imported, "Open a hive").summary == "Without haste"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_found_out(encoding: str) -> None:
    imported = read("Aufgabe;Stunden\nGrößer bauen;3\nKäfig öffnen;4\n".encode(encoding))
    assert tree(imported)[2:] == ["    Größer bauen", "    Käfig öffnen"]


def test_lists_in_lists_as_yaml() -> None:
    imported = read(NESTED)
    assert imported.title == "Beekeeper"
    assert tree(imported)[3:] == [
        "    Smoke",
        "Seasons",
        "  Spring",
        "    Swarms",
        "  Winter",
        "    Feed",
        "Basic first aid",
        "  Basic first aid",
        "    Stings",
        "    Shade",
    ]


def test_chapters_with_minutes_and_what_comes_first() -> None:
    imported = read(CHAPTERS, title="Bees")
    bee, skipped = row(imported, "What a bee is"), row(imported, "Can you skip this?")
    assert tree(imported)[:2] == ["Bees", "  Getting near"]
    assert (bee.hours, bee.prerequisites, bee.is_ticked) == ((1.0, 1.0), ("00-01",), True)
    assert (skipped.is_optional, skipped.is_ticked) == (True, False)


def test_a_case_package() -> None:
    imported = read(as_json(CASE))
    assert tree(imported)[1:] == [
        "  B.1 Look after a hive",
        "    Finds the queen",
        "    B.1.1 Opens a hive without haste",
    ]
    assert row(imported, "B.1.1 Opens a hive without haste").prerequisites == ("i4",)
    assert (imported.source, imported.is_restricted) == ("Village school", False)
    assert "isRelatedTo" in imported.left_out[0]


def test_an_item_without_a_statement_is_counted_as_left_out() -> None:
    imported = read(as_json(CASE | {"CFItems": [*CASE["CFItems"], {"identifier": "i5"}]}))
    assert "rows without a title (1)" in imported.left_out


def test_a_case_package_whose_licence_is_not_open_stays_private() -> None:
    document = CASE["CFDocument"] | {"licenseURI": {"uri": "https://example.org/all-rights-reserved"}}
    assert read(as_json(CASE | {"CFDocument": document})).is_restricted


def test_a_map_of_roadmap_sh() -> None:
    imported = read(as_json(graph()))
    assert tree(imported) == [
        "Beekeeper",
        "  The hive",
        "    open",
        "    queen",
        "    far",
        "  The seasons",
        "    The seasons",
    ]
    certainties = [row(imported, title).certainty for title in ("open", "queen", "far")]
    assert certainties == [Certainty.SURE, Certainty.LIKELY, Certainty.GUESS]
    assert row(imported, "queen").is_optional
    assert row(imported, "open").key == "roadmapsh:beekeeper:open"
    assert (imported.is_restricted, bool(imported.licence)) == (True, True)


def test_alternatives_of_a_map_are_a_question() -> None:
    nodes = [graph_node("t", "topic", 0, 0), graph_node("s", "subtopic", 0, 60, legend={"label": "Pick one"})]
    assert "alternative" in row(read(as_json({"nodes": nodes, "edges": []})), "s").reason


def test_a_file_of_roadmap_is_read_as_it_is() -> None:
    assert read_foreign_file(write_outline(sample())) == sample()
    assert isinstance(read_foreign_file(write_outline(sample()), kind=FileFormat.YAML), Outline)


def test_what_a_person_calls_it_goes_before_what_the_file_says() -> None:
    assert read("# Bees\n- a\n", title="Mine").title == "Mine"
    assert read("- a\n", name="my list.md").title == "my list"
