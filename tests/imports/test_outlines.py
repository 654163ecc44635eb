"""A roadmap file is read whole, or refused with all its problems by line and field."""

import json
from pathlib import Path

import pytest

from roadmap.domain.roadmaps.outlines import (
    Outline,
    ResourceAccess,
    ResourceType,
    VerificationMode,
)
from roadmap.domain.roadmaps.pathway_groups import PathwayGroup
from roadmap.imports.outline_schema import outline_schema
from roadmap.imports.outlines import OutlineProblem, OutlineProblems, read_outline

FILE = """\
format: 1
slug: cooking
title: Cooking
summary: From eggs to dinner.
description: |
  First paragraph.

  Second paragraph.
pathways:
  - {key: baker, group: role, title: Baker, summary: Bread., skills: [bread]}
areas:
  - key: kitchen
    title: Kitchen
    summary: Where it happens.
    skills:
      - key: eggs
        title: Eggs
        summary: The beginning.
        needs: 1
        milestones:
          - key: boil-egg
            title: Boil an egg
            summary: Soft, then hard.
            done_when: [The yolk is soft.]
            hours: [0.5, 1]
            verification: self
            resources:
              - {title: Eggs, url: https://example.org/eggs, type: docs}
          - {key: fry-egg, title: F, summary: Hot, done_when: [ok], hours: [1, 1], prerequisites: [boil-egg]}
      - key: bread
        title: Bread
        summary: Patience.
        milestones:
          - {key: bake-loaf, title: B, summary: Slow, done_when: [Ok], hours: [2, 3], prerequisites: [eggs]}
"""


def read(text: str) -> Outline:
    """Read a file given as text."""
    return read_outline(text.encode())


def problems_of(text: str) -> tuple[OutlineProblem, ...]:
    """Return what a file is refused for."""
    with pytest.raises(OutlineProblems) as error:
        read(text)
    return error.value.problems


def changed(old: str, new: str) -> str:
    """Return the good file with one thing changed."""
    assert old in FILE
    return FILE.replace(old, new, 1)


def test_a_good_file_becomes_an_outline() -> None:
    outline = read(FILE)
    egg = outline.milestones["boil-egg"]
    assert outline.description == "First paragraph.\n\nSecond paragraph."
    assert (egg.hours_low, egg.hours_high, egg.verification) == (0.5, 1, VerificationMode.SELF)
    assert egg.resources[0].type is ResourceType.DOCS
    assert (outline.pathways[0].group, outline.skills["eggs"].needs) == (PathwayGroup.ROLE, 1)


def test_topics_earlier_keys_and_access_are_read() -> None:
    text = (
        changed("verification: self", "topics: [Eggs, boiling]\n            was: [egg, first-egg]")
        .replace("type: docs", "type: docs, access: non-commercial")
        .replace("needs: 1", "was: yolks")
    )
    outline = read(text)
    egg = outline.milestones["boil-egg"]
    assert (egg.topics, egg.was) == (("Eggs", "boiling"), ("egg", "first-egg"))
    assert egg.resources[0].access is ResourceAccess.NON_COMMERCIAL
    assert outline.skills["eggs"].was == ("yolks",)


@pytest.mark.parametrize("typed", ["  Cooking ", "2024", "yes", "~", "1.50", "0x10", "2024-01-01", "null"])
def test_a_title_stays_the_text_that_was_typed(typed: str) -> None:
    assert read(changed("title: Cooking", f"title: {typed}")).title == typed.strip()


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    assert read_outline(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode()) == read(FILE)


def test_json_is_read_as_well() -> None:
    assert read('{"format": 1, "slug": "x"' + ', "title": "x"' + minimal_rest()).slug == "x"


def minimal_rest() -> str:
    """Return the end of the smallest file in JSON."""
    milestone = {"key": "m", "title": "m", "summary": "m", "done_when": ["m"], "hours": [1, 2]}
    skill = {"key": "s", "title": "s", "summary": "s", "milestones": [milestone]}
    area = {"key": "a", "title": "a", "summary": "a", "skills": [skill]}
    return "," + json.dumps({"summary": "x", "description": "x", "areas": [area]})[1:]


WRONG_FIELDS = [
    ("format: 1", "format: 2", 1, "format", "must be 1"),
    ("slug: cooking", "slug: Cooking!", 2, "slug", "lowercase words joined by hyphens"),
    ("slug: cooking", "slug: " + "a" * 65, 2, "slug", "longer than 64"),
    ("title: Cooking", "titel: Cooking", 3, "titel", "did you mean “title”"),
    ("title: Cooking", "titel: Cooking", 1, "title", "is missing"),
    ("title: Cooking", "title: " + "a" * 201, 3, "title", "longer than 200"),
    ("title: Cooking", "title:", 3, "title", "must not be empty"),
    ("title: Cooking", "title: [Cooking]", 3, "title", "must be text"),
    ("title: Cooking", 'title: "two\\nlines"', 3, "title", "one line"),
    ("title: Cooking", 'title: "a\\0b"', 3, "title", "U+0000"),
    (
        "title: Cooking",
        "title: Cooking\ntitle: Again",
        4,
        "title",
        "is here twice; the first is on line 3",
    ),
    ("needs: 1", "needs: '1'", 19, "areas[0].skills[0].needs", "whole number"),
    ("needs: 1", "needs: 0", 19, "areas[0].skills[0].needs", "must be 1 or more"),
    ("needs: 1", "needs: 3", 19, "areas[0].skills[0].needs", "from 1 to 2"),
    ("needs: 1", "optional: yes", 19, "areas[0].skills[0].optional", "true or false"),
    (
        "[0.5, 1]",
        "4",
        25,
        "areas[0].skills[0].milestones[0].hours",
        "must be [low, high], such as [3, 5], not “4”",
    ),
    ("[0.5, 1]", "[0.5]", 25, "areas[0].skills[0].milestones[0].hours", "2 or more"),
    ("[0.5, 1]", "[0.3, 1]", 25, "areas[0].skills[0].milestones[0].hours[0]", "half an hour"),
    ("[0.5, 1]", "[0, 1]", 25, "areas[0].skills[0].milestones[0].hours[0]", "0.5 or more"),
    ("[0.5, 1]", "[1, 999.5]", 25, "areas[0].skills[0].milestones[0].hours[1]", "999 or less"),
    ("[0.5, 1]", "[.nan, .inf]", 25, "areas[0].skills[0].milestones[0].hours[0]", "number"),
    ("[0.5, 1]", "[2, 1]", 25, "areas[0].skills[0].milestones[0].hours", "below the low end"),
    (
        "verification: self",
        "verification: peer",
        26,
        "areas[0].skills[0].milestones[0].verification",
        "“mentor” or",
    ),
    ("[The yolk is soft.]", "[]", 24, "areas[0].skills[0].milestones[0].done_when", "1 or more"),
    ("skills: [bread]", "skills: [brad]", 10, "pathways[0].skills[0]", "no skill with the key “brad”"),
    (
        "[boil-egg]",
        "[boil]",
        29,
        "areas[0].skills[0].milestones[1].prerequisites[0]",
        "no milestone or skill",
    ),
    ("needs: 1", "was: Egg", 19, "areas[0].skills[0].was[0]", "lowercase words"),
    ("needs: 1", "was: {a: b}", 19, "areas[0].skills[0].was", "must be a list"),
    ("needs: 1", "was: bread", 19, "areas[0].skills[0].was[0]", "“bread” is the key of a skill in this file"),
    (
        "verification: self",
        "topics: [Eggs, 'eggs']",
        26,
        "areas[0].skills[0].milestones[0].topics",
        "“Eggs” is listed twice",
    ),
    (
        "verification: self",
        "topics: [a, b, c, d, e, f, g]",
        26,
        "areas[0].skills[0].milestones[0].topics",
        "has 7 entries; the limit is 6",
    ),
    (
        "type: docs",
        "type: docs, access: free",
        28,
        "areas[0].skills[0].milestones[0].resources[0].access",
        "must be “account”, “non-commercial” or “paid”, not “free”",
    ),
    ("[boil-egg]", "[eggs]", 29, "areas[0].skills[0].milestones[1].prerequisites[0]", "fry-egg→eggs→fry-egg"),
]


@pytest.mark.parametrize(("old", "new", "line", "field", "message"), WRONG_FIELDS)
def test_a_wrong_field_is_named_with_its_line(
    old: str, new: str, line: int, field: str, message: str
) -> None:
    found = problems_of(changed(old, new))
    assert any((each.line, each.field) == (line, field) and message in each.message for each in found), found


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org",
        "example.org",
        "https://",
        "https://me:secret@example.org",
        "https://a b",
        "javascript:x",
    ],
)
def test_a_resource_needs_a_whole_web_address(url: str) -> None:
    (problem,) = problems_of(changed("https://example.org/eggs", f'"{url}"'))
    assert problem.field == "areas[0].skills[0].milestones[0].resources[0].url"


def test_all_problems_are_found_at_once_and_in_order() -> None:
    text = (
        changed("slug: cooking", "slug: C")
        .replace("[0.5, 1]", "[9, 1]")
        .replace("verification: self", "x: 1")
    )
    fields = [
        each.field.rpartition(".")[2] for each in problems_of(text.replace("[boil-egg]", "[bake-loaf]"))
    ]
    assert fields == ["slug", "x", "prerequisites[0]"] or "hours" in fields
    assert {"slug", "x", "hours", "prerequisites[0]"} <= set(fields)


def test_a_cycle_through_a_skill_is_printed() -> None:
    (problem,) = problems_of(changed("[boil-egg]", "[bake-loaf]"))
    assert problem.message.endswith("fry-egg→bake-loaf→eggs→fry-egg")


def test_a_field_name_must_be_plain() -> None:
    assert problems_of(FILE + "? [a, b]\n: 1\n")[0].message == "a field needs a plain name"


def test_the_published_schema_equals_the_models() -> None:
    published = Path(__file__).parents[2] / "docs" / "roadmap-file.schema.json"
    assert published.read_bytes() == outline_schema()


def test_the_example_in_the_documentation_is_a_good_file() -> None:
    page = (Path(__file__).parents[2] / "docs" / "roadmap-files.md").read_text(encoding="utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    assert read(example).milestones
