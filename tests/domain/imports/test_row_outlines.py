"""Rows of a foreign file become an outline."""

import json
from dataclasses import asdict, replace

import pytest

from roadmap.domain.errors import Invalid
from roadmap.domain.imports.import_rows import ImportedFile, ImportRow, RowLevel
from roadmap.domain.imports.row_matches import keep_keys, match_rows
from roadmap.domain.imports.row_outlines import BuiltOutline, ImportDefaults, build_outline
from roadmap.domain.roadmaps.outline_documents import read_document, read_value, write_document
from roadmap.domain.roadmaps.outline_gaps import find_draft_faults
from roadmap.domain.roadmaps.outlines import VerificationMode
from roadmap.domain.roadmaps.pathway_groups import GroupOutline
from roadmap.imports.foreign.foreign_files import read_foreign_file
from tests.support.foreign_files import (
    CASE,
    CHAPTERS,
    COURSES,
    MOODLE,
    NESTED,
    as_json,
    graph,
    long_list,
    tables_of_courses,
)
from tests.support.outlines import pathway, sample

LEVELS = {"a": RowLevel.AREA, "s": RowLevel.SKILL, "m": RowLevel.MILESTONE}
LEVELS |= {"c": RowLevel.CRITERION, "r": RowLevel.RESOURCE, "-": RowLevel.IGNORED}
FILES = [CHAPTERS, COURSES, MOODLE, NESTED, long_list(), tables_of_courses()]
FILES += [as_json(CASE).decode(), as_json(graph()).decode()]


def rows(*lines: str) -> ImportedFile:
    """Rows such as `m Open 1`: level, title, number of the parent."""
    made = []
    for line in lines:
        level, title, *parent = line.split()
        made.append(ImportRow(LEVELS[level], title, int(parent[0]) if parent else None))
    return ImportedFile("test", "Bees", tuple(made))


def build(imported: ImportedFile, keys: dict[int, str] | None = None) -> BuiltOutline:
    return build_outline(imported, ImportDefaults(), slug="bees", keys=keys)


def test_rows_are_placed_in_their_parents() -> None:
    outline = build(rows("a Hive", "s Frames 0", "s Smoke 0", "m open 1", "m light 2", "c calm 3")).outline
    assert {key: skill.key for key, skill in outline.skill_of.items()} == {"open": "frames", "light": "smoke"}
    assert outline.milestones["open"].done_when == ("calm",)
    assert outline.milestones["light"].done_when == (ImportDefaults().done_when,)
    assert outline.milestones["open"].verification is VerificationMode.SELF


@pytest.mark.parametrize(
    ("prose", "description"), [("One year.", ""), ("One year.\n\nTwo.", "One year.\n\nTwo.")]
)
def test_a_description_that_is_the_summary_is_not_repeated(prose: str, description: str) -> None:
    outline = build(replace(rows("a Hive", "s Frames 0", "m open 1"), description=prose)).outline
    assert outline.summary.startswith("One year.")
    assert outline.description == description


def test_a_criterion_that_becomes_a_milestone_stays_in_the_skill() -> None:
    outline = build(rows("a Hive", "s Frames 0", "m open 1", "m look 2")).outline
    assert outline.skill_of["look"].key == "frames"


def test_what_is_left_out_takes_along_what_is_in_it() -> None:
    outline = build(rows("a Hive", "- Frames 0", "m open 1", "s Smoke 0", "m light 3")).outline
    assert list(outline.milestones) == ["light"]


def test_milestones_without_a_skill_get_one() -> None:
    outline = build(rows("m open", "m close")).outline
    assert [area.title for area in outline.areas] == ["Bees"]
    assert [skill.title for skill in outline.skills.values()] == ["Bees"]


def test_keys_come_from_titles_once_and_are_never_repeated() -> None:
    outline = build(rows("a X", "s Open 0", "m Öffnen! 1", "m öffnen 1", "m 蜂蜜 1", "m Open 1")).outline
    assert list(outline.milestones) == ["offnen", "offnen-2", "milestone", "open-2"]


def test_prerequisites_by_id_or_title_and_no_circles() -> None:
    imported = rows("s S", "m a 0", "m b 0", "m c 0")
    links = {1: ("c",), 2: ("A", "nothing"), 3: ("b", "c", "S")}
    changed = tuple(replace(row, prerequisites=links.get(n, ())) for n, row in enumerate(imported.rows))
    outline = build(replace(imported, rows=changed)).outline
    assert not find_draft_faults(outline)
    assert sum(len(milestone.prerequisites) for milestone in outline.milestones.values()) == 2


def test_nothing_to_do_and_too_much_are_refused() -> None:
    with pytest.raises(Invalid, match="No row is a milestone"):
        build(rows("a Hive", "s Frames 0"))
    with pytest.raises(Invalid, match="limit is 2,000"):
        build(rows("s S", *[f"m m{number} 0" for number in range(2_001)]))


@pytest.mark.parametrize("file", FILES)
def test_what_is_read_can_be_published_and_stored(file: str) -> None:
    imported = read_foreign_file(file.encode())
    assert isinstance(imported, ImportedFile)
    outline = build(imported).outline
    assert not find_draft_faults(outline)
    assert read_document(write_document(outline)) == outline


def test_rows_survive_being_stored() -> None:
    imported = read_foreign_file(COURSES.encode())
    assert read_value(ImportedFile, json.loads(json.dumps(asdict(imported)))) == imported


def test_ticked_rows_are_named_by_their_keys() -> None:
    imported = read_foreign_file(b"- [x] Open the hive\n- [ ] Close it\n")
    assert isinstance(imported, ImportedFile)
    assert build(imported).ticked == ("open-the-hive",)


def test_the_same_file_again_keeps_keys_and_asks_about_titles() -> None:
    before = build(rows("s S", "m a 0", "m b 0", "m c 0")).outline
    again = rows("s S", "m new 0", "m B 0")
    again = replace(again, rows=(*again.rows, ImportRow(RowLevel.MILESTONE, "Other words", 0, key="x-7")))
    matches = match_rows(before, again, {"x-7": "a"})
    assert (matches.sure, matches.by_title, matches.gone) == ({3: "a"}, {0: "s", 2: "b"}, ("c",))
    after = keep_keys(before, build(again, keys=matches.sure | matches.by_title).outline)
    assert list(after.milestones) == ["new", "b", "a"]
    assert after.milestones["a"].title == "Other words"


def test_what_only_the_draft_says_stays_when_a_list_is_brought_again() -> None:
    written = replace(
        sample(),
        language="de",
        groups=(GroupOutline("way", "Way", "Which way?"),),
        pathways=(
            replace(pathway("seer", "vision", "both"), group="way"),
            replace(pathway("reader", "text"), group="way"),
        ),
    )
    again = rows(
        "a Area", "s Core 0", "m First 1", "m Second 1", "s Choice 0", "m Red 4", "s Vision 0", "m Look 6"
    )
    matches = match_rows(written, again, {})
    after = keep_keys(written, build(again, keys=matches.sure | matches.by_title).outline)
    assert (after.language, after.groups) == ("de", written.groups)
    assert [(kept.key, kept.skills) for kept in after.pathways] == [("seer", ("vision",))]
    assert after.milestones["second"].prerequisites == ("first",)
    assert after.milestones["look"].prerequisites == ("core",)
    assert after.skills["choice"].needs == 1


def test_a_row_that_is_something_else_gets_another_key() -> None:
    before = build(rows("s S", "m a 0"))
    again = build_outline(
        rows("s S", "m a 0"), ImportDefaults(), slug="bees", keys={0: "s"}, reserved=before.outline.titles
    )
    assert list(again.outline.titles) == ["s", "a-2"]


def test_a_document_has_every_field_of_an_outline() -> None:
    assert read_document(write_document(sample())) == sample()
