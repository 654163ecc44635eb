"""Loads a roadmap file that is JSON, with the line of each value."""

import re
from bisect import bisect_left
from json import JSONDecodeError, JSONDecoder

from roadmap.domain.roadmaps.outline_rules import Path
from roadmap.imports.outline_problems import OutlineProblem, name_field
from roadmap.imports.outline_yaml import MAX_DEPTH, MAX_VALUES, FileTree, Written, decode, refuse

_SPACE = re.compile(r"[ \t\r\n]*")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_DECODER = JSONDecoder()


def load_json(data: bytes) -> FileTree | None:
    """Read one object; return None for a file that is not JSON, and raise OutlineProblems like `load_yaml`.

    A field that is null is left out.
    """
    text = decode(data)
    if text[_end_of_space(text, 0) :][:1] != "{":
        return None
    reader = _Reader(text)
    try:
        reader.tree.data = reader.read((), depth=1)
        reader.expect_end()
    except JSONDecodeError:
        return None
    return reader.tree


def _end_of_space(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


class _Reader:
    """Reads values from `position` on into `tree`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.tree = FileTree(None)
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._values = 0

    def read(self, path: Path, *, depth: int) -> object:
        """Read the value at the position."""
        sign = self._next_sign()
        self.tree.lines.setdefault(path, self._line())
        self._values += 1
        if self._values > MAX_VALUES:
            refuse(self._line(), f"more than {MAX_VALUES:,} values")
        if depth > MAX_DEPTH:
            refuse(self._line(), f"nested deeper than {MAX_DEPTH} levels")
        if sign == "{":
            return self._read_object(path, depth)
        return self._read_list(path, depth) if sign == "[" else self._read_scalar()

    def expect_end(self) -> None:
        """Raise JSONDecodeError if anything but white space follows."""
        if self._next_sign():
            self._fail()

    def _read_object(self, path: Path, depth: int) -> dict[str, object]:
        values: dict[str, object] = {}
        self.position += 1
        while self._next_sign() != "}":
            if self.text[self.position] != '"':
                self._fail()
            line, name = self._line(), str(self._read_scalar())
            self._take(":")
            if name in values:
                message = f"“{name}” is here twice; the first is on line {self.tree.lines[(*path, name)]}"
                self.tree.problems.append(OutlineProblem(line, name_field((*path, name)), message))
            self.tree.lines.setdefault((*path, name), line)
            value = self.read((*path, name), depth=depth + 1)
            if value is not None:
                values.setdefault(name, value)
            self._take_comma_before("}")
        self.position += 1
        return values

    def _read_list(self, path: Path, depth: int) -> list[object]:
        values: list[object] = []
        self.position += 1
        while self._next_sign() != "]":
            values.append(self.read((*path, len(values)), depth=depth + 1))
            self._take_comma_before("]")
        self.position += 1
        return values

    def _read_scalar(self) -> Written | None:
        start = self.position
        value, self.position = _DECODER.raw_decode(self.text, start)
        if value is None:
            return None
        is_text = isinstance(value, str)
        if is_text and (match := _LONE_SURROGATE.search(value)):
            refuse(self._line(), f"the character U+{ord(match[0]):04X} isn’t allowed in a text file")
        written = Written(value if is_text else self.text[start : self.position])
        written.plain = not is_text
        return written

    def _next_sign(self) -> str:
        self.position = _end_of_space(self.text, self.position)
        return self.text[self.position : self.position + 1]

    def _take(self, sign: str) -> None:
        if self._next_sign() != sign:
            self._fail()
        self.position += 1

    def _take_comma_before(self, end: str) -> None:
        if self._next_sign() == end:
            return
        self._take(",")
        if self._next_sign() == end:
            self._fail()

    def _line(self) -> int:
        return bisect_left(self._line_ends, self.position) + 1

    def _fail(self) -> None:
        raise JSONDecodeError("not JSON", self.text, self.position)
