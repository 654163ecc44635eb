"""Hostile files are refused with one clear sentence, each in less than a second."""

import time
from contextlib import suppress

import pytest

from roadmap.domain.imports.import_rows import ImportedFile, UnreadableFile
from roadmap.imports.foreign.foreign_files import FileFormat, read_foreign_file
from roadmap.imports.foreign.foreign_texts import MAX_BYTES
from roadmap.imports.outline_problems import OutlineProblems
from tests.support.foreign_files import as_json, graph_node

LONG = MAX_BYTES - 10
LONGEST_SECONDS = 5
"""Five times what is promised, because tests share the machine."""


def child_of(origin: int, target: int) -> dict[str, object]:
    ends = {"originNodeURI": {"identifier": str(origin)}, "destinationNodeURI": {"identifier": str(target)}}
    return {"associationType": "isChildOf", **ends}


def case(*pairs: tuple[int, int]) -> bytes:
    items = [{"identifier": str(number), "fullStatement": "x"} for number in range(60)]
    return as_json({"CFItems": items, "CFAssociations": [child_of(*pair) for pair in pairs]})


REFUSED = {
    "nothing": (b" \n", "This is empty."),
    "too large": (b"a" * 10_000_000, "larger than 2 MB"),
    "NUL": (b"- a\0b", "NUL"),
    "a workbook": (b"PK\x03\x04 and so on", "paste them here"),
    "a picture": (b"\x89PNG\r\n", "isn’t a text file"),
    "deep JSON": (b"[" * LONG, "nested"),
    "deep objects": (b'{"a":' * (LONG // 5), "nested"),
    "a name twice": (b'{"a": 1, "a": 2}', "twice"),
    "half of JSON": (b'{"a": ', "isn’t valid JSON"),
    "a huge number": (b'{"a": ' + b"9" * 100_000 + b"}", "digits"),
    "a million digits": (b'{"nodes": [' + b"9" * 1_000_000 + b"]}", "digits"),
    "many values": (b"[" + b'{"name":"a"},' * 150_000 + b'{"name":"a"}]', "values"),
    "many lines": (b"- [ ] a\n" * (LONG // 8), "lines"),
    "much prose": (b"lorem ipsum\n\n" * (LONG // 13), "lines"),
    "many headings": (b"# a\n" * (LONG // 4), "lines"),
    "many cells": (b"|" * LONG, "cells"),
    "many rows": (b"a,b,c\n" * (LONG // 6), "lines"),
    "many tabs": (b"a\tb\n" * (LONG // 4), "lines"),
    "deep YAML": (b"a:\n" + b"".join(b" " * n + b"a:\n" for n in range(1, 1_900)), "deeper than 20 levels"),
    "a circle": (case((0, 1), (1, 2), (2, 0)), "contain each other"),
    "a long chain": (case(*((n, n + 1) for n in range(59))), "deeper than 20 levels"),
    "an old roadmap.sh mock-up": (b'{"mockup": {}}', "mock-up"),
    "an empty package": (b'{"CFDocument": {}}', "no items"),
}
READ = {
    "brackets": b"- [" + b"[" * 100_000 + b"\n- b",
    "stars": b"- " + b"*a_" * 200_000,
    "backticks": b"- " + b"`".join(b"`" * n for n in range(1_000)),
    "a million columns": b"a;" * 1_000_000 + b"\n",
    "ever deeper quotes": b"".join(b"> " * min(depth, 3_000) + b"x\n" for depth in range(700)),
    "quotes in quotes": b"> " * (LONG // 2) + b"x",
    "lists in lists": b"".join(b" " * n * 2 + b"- a\n" for n in range(900)),
    "half a character": b'[{"name": "a\\ud800"}, {"name": "b"}]',
    "no number": b'[{"name": "a", "hours": NaN}]',
    "bytes of all kinds": b"- a" + bytes(range(1, 256)),
    "a map of odd values": as_json(
        {
            "nodes": [
                None,
                {"id": 1},
                {"id": "a", "type": "topic", "data": []},
                graph_node("b", "topic", 0, 0),
            ],
            "edges": [None, {"source": 3}],
        }
    ),
    "a crowded map": as_json(
        {
            "nodes": [graph_node(str(n), "subtopic" if n % 2 else "topic", n * 500, 0) for n in range(500)],
            "edges": [],
        }
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_sentence(name: str) -> None:
    data, words = REFUSED[name]
    began = time.process_time()
    with pytest.raises(UnreadableFile) as refusal:
        read_foreign_file(data)
    assert words in str(refusal.value)
    assert len(str(refusal.value)) < 300
    assert time.process_time() - began < LONGEST_SECONDS


@pytest.mark.parametrize("name", READ)
def test_read_without_harm(name: str) -> None:
    began = time.process_time()
    imported = read_foreign_file(READ[name])
    assert isinstance(imported, ImportedFile)
    assert all("\ud800" not in row.title and "\x00" not in row.title for row in imported.rows)
    assert time.process_time() - began < LONGEST_SECONDS


def test_a_bomb_of_aliases_is_refused() -> None:
    bomb = b"a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"
    with pytest.raises(UnreadableFile, match="anchors aren’t supported"):
        read_foreign_file(bomb, kind=FileFormat.YAML)


@pytest.mark.parametrize("kind", FileFormat)
@pytest.mark.parametrize("data", [b"- a\n- b\n", b"a;b\nc;d\n", b'{"x": [1]}', b"x: [", b"}{"])
def test_a_format_that_a_person_got_wrong_is_no_error_of_the_program(kind: FileFormat, data: bytes) -> None:
    with suppress(UnreadableFile, OutlineProblems):
        read_foreign_file(data, kind=kind)
