"""Files that are not plain YAML text are refused before anything is built from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.imports.outline_problems import OutlineProblem, OutlineProblems
from roadmap.imports.outlines import read_outline


def problems_of(data: bytes) -> tuple[OutlineProblem, ...]:
    """Return what a file is refused for."""
    with pytest.raises(OutlineProblems) as error:
        read_outline(data)
    return error.value.problems


UNREADABLE = {
    "an empty file": ("", 1, "empty"),
    "a second document": ("a: 1\n---\na: 1\n", 2, "second one starts"),
    "an anchor": ("x: &a 1\ny: 2\n", 1, "anchors"),
    "an alias": ("x: &a 1\ny: *a\n", 2, "aliases"),
    "a tag": ("title: !!str Cooking", 1, "tags"),
    "an object tag": ("title: !!python/name:os.system x", 1, "tags"),
    "bad YAML": ("title: 'Cooking", 1, "begun on line 1"),
    "a tab": ("a: 1\n\tb: 2", 2, "isn’t valid YAML"),
    "a NUL": ("a: 1\nb: \0", 2, "U+0000"),
    "a bell": ("a: 1\nb: \a", 2, "U+0007"),
    "a lone surrogate": ('a: 1\nb: "\\ud800"', 2, "isn’t valid YAML"),
    "deep nesting": ("a: " + "[" * 21, 1, "deeper than 20"),
    "a million values": ("a: [" + "1," * 300_000 + "]", 1, "200,000 values"),
    "a list": ("- a", 1, "named fields"),
    "a word": ("hello", 1, "named fields"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_not_plain_yaml_is_refused(name: str) -> None:
    text, line, message = UNREADABLE[name]
    assert any(each.line == line and message in each.message for each in problems_of(text.encode()))


def test_bytes_that_are_not_utf_8_are_refused_by_line() -> None:
    (problem,) = problems_of(b"a: 1\nb: \xff\n")
    assert (problem.line, problem.message) == (2, "the file isn’t UTF-8 from here on")


def test_a_file_above_two_mebibytes_is_refused_unread() -> None:
    (problem,) = problems_of(b"#" * (2 * 1024 * 1024 + 1))
    assert "larger than 2 MB" in problem.message


PIECES = [
    "a",
    "b: ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    "? ",
    "|",
    ">",
    "&x",
    "*x",
    "!!int ",
    "#",
    "...",
]
TEXTS = st.lists(
    st.sampled_from([*PIECES, "areas:", "key: k", "hours: ", "---", "\t", "%YAML 1.1"]), max_size=40
)


@given(TEXTS.map(lambda pieces: "".join(pieces).encode()) | st.binary(max_size=60))
def test_whatever_the_bytes_are_they_are_refused_in_words(data: bytes) -> None:
    problems = problems_of(data)
    assert problems
    assert all(each.message and each.line >= 1 for each in problems)
