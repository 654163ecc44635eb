"""A roadmap file that is JSON: what programs write is read with the values it has."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.domain.roadmaps.outlines import Outline
from roadmap.imports.outline_json import load_json
from roadmap.imports.outline_problems import OutlineProblem, OutlineProblems
from roadmap.imports.outlines import read_outline

MILESTONE = {"key": "m", "title": "M", "summary": "m", "done_when": ["m"], "hours": [1, 2.5]}
SKILL = {"key": "s", "title": "S", "summary": "s", "milestones": [MILESTONE]}
AREA = {"key": "a", "title": "A", "summary": "a", "skills": [SKILL]}
ROADMAP: dict[str, Any] = {
    "format": 1,
    "slug": "map",
    "title": "Map",
    "summary": "m",
    "description": "m",
    "areas": [AREA],
}


def read(text: str) -> Outline:
    return read_outline(text.encode())


def problems_of(text: str) -> tuple[OutlineProblem, ...]:
    with pytest.raises(OutlineProblems) as error:
        read(text)
    return error.value.problems


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROADMAP, separators=(",", ":")),
        json.dumps(ROADMAP, indent="\t"),
        "\ufeff" + json.dumps(ROADMAP, indent=2).replace("\n", "\r\n"),
        json.dumps(ROADMAP).replace('"m"', '"\\u006d"'),
    ],
)
def test_every_way_to_write_it_reads_the_same(text: str) -> None:
    assert read(text) == read(json.dumps(ROADMAP))


def test_texts_keep_what_escapes_mean() -> None:
    outline = read(
        json.dumps(ROADMAP | {"title": "A map \U0001f5fa\ufe0f", "summary": "and/or"}).replace("/", "\\/")
    )
    assert (outline.title, outline.summary) == ("A map \U0001f5fa\ufe0f", "and/or")


def test_null_is_left_out() -> None:
    skill = {**SKILL, "needs": None, "source": None}
    outline = read(json.dumps({**ROADMAP, "source": None, "areas": [{**AREA, "skills": [skill]}]}))
    assert outline == read(json.dumps(ROADMAP))
    assert any(
        "missing" in problem.message for problem in problems_of(json.dumps({**ROADMAP, "title": None}))
    )


def test_the_word_null_is_a_text() -> None:
    assert read(json.dumps({**ROADMAP, "title": "null"})).title == "null"


@pytest.mark.parametrize(
    ("written", "instead", "line", "message"),
    [
        (
            '"m",\n  "description"',
            '"m",\n  "summary": "n",\n  "description"',
            6,
            "is here twice; the first is on line 5",
        ),
        ('"Map"', '["Map"]', 4, "must be text"),
        ('"Map"', '"\\ud800"', 4, "U+D800"),
        ('"Map"', '"\\u0007"', 4, "U+0007"),
        ('"Map"', "[" * 25 + "]" * 25, 4, "deeper than 20"),
        ('"Map"', "[" + "1," * 200_000 + "1]", 4, "more than 200,000 values"),
        ('"Map"', '"Map", "needs": 1', 4, "no such field"),
    ],
)
def test_problems_name_their_line(written: str, instead: str, line: int, message: str) -> None:
    problems = problems_of(json.dumps(ROADMAP, indent=2).replace(written, instead, 1))
    assert [problem.line for problem in problems if message in problem.message] == [line]


def test_what_is_not_json_is_left_to_yaml() -> None:
    assert load_json(b"title: x") is None
    assert load_json(b"{title: x}") is None
    assert load_json(b'{"title": "x",}') is None
    assert load_json(b'{"title": "x"} y') is None
    assert load_json(b'{"title" "x"}') is None


VALUES = st.recursive(
    st.integers() | st.booleans() | st.text(st.characters(exclude_categories=("Cs",)), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=2), inner, max_size=3)
    ),
    max_leaves=10,
)


def as_written(value: Any) -> Any:
    """The value with its scalars as they are written."""
    if isinstance(value, dict):
        return {name: as_written(member) for name, member in value.items()}
    if isinstance(value, list):
        return [as_written(member) for member in value]
    return value if isinstance(value, str) else json.dumps(value)


@given(st.dictionaries(st.text("abc", max_size=2), VALUES, max_size=3), st.sampled_from([None, 1]))
def test_values_are_those_of_json(values: dict[str, Any], indent: int | None) -> None:
    tree = load_json(json.dumps(values, indent=indent).encode())
    assert tree is not None
    assert tree.data == as_written(values)
