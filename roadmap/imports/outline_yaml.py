"""Loads YAML from untrusted files, with the line of each value."""

import re
from dataclasses import dataclass, field
from typing import NoReturn

import yaml

from roadmap.domain.roadmaps.outline_rules import Path
from roadmap.imports.outline_problems import OutlineProblem, OutlineProblems, name_field

MAX_BYTES = 2 * 1024 * 1024
MAX_VALUES = 200_000
MAX_DEPTH = 20

NOT_TEXT = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")


class Written(str):
    """A scalar exactly as typed; `plain` unless it is quoted or a block."""

    __slots__ = ("plain",)
    plain: bool


@dataclass
class FileTree:
    """Dicts, lists and `Written` scalars, with the line of each path and the problems that were found."""

    data: object
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[OutlineProblem] = field(default_factory=list)


def load_yaml(data: bytes) -> FileTree:
    """Read one document; raise OutlineProblems where nothing more can be read from the file."""
    text = decode(data)
    try:
        _check_events(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        if node is None:
            refuse(1, "the file is empty")
        lines: dict[Path, int] = {}
        problems: list[OutlineProblem] = []
        return FileTree(_convert(node, (), lines, problems), lines, problems)
    except yaml.MarkedYAMLError as error:
        refuse(*_where_and_why(error))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        refuse(1, f"this isn’t valid YAML: {error}")


def refuse(line: int, message: str) -> NoReturn:
    """Raise OutlineProblems with one problem, for a file that cannot be read further."""
    raise OutlineProblems([OutlineProblem(line, name_field(()), message)]) from None


def _where_and_why(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    mark, start = error.problem_mark, error.context_mark
    words = " ".join(filter(None, (error.context, error.problem)))
    # A missing quote is noticed at the end of the file, but it has to be fixed where it starts.
    begun = f", begun on line {start.line + 1}" if start else ""
    advice = "; put a text that has a colon in quotes" if "mapping values" in words else ""
    return (mark.line + 1 if mark else 1), f"this isn’t valid YAML: {words}{begun}{advice}"


def decode(data: bytes) -> str:
    """Return the text of a file; raise OutlineProblems when it is too long or no text in UTF-8."""
    if len(data) > MAX_BYTES:
        refuse(1, f"the file is larger than {MAX_BYTES // 1_048_576} MB, which is the limit")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(data.count(b"\n", 0, error.start) + 1, "the file isn’t UTF-8 from here on")
    if match := NOT_TEXT.search(text):
        line = text.count("\n", 0, match.start()) + 1
        refuse(line, f"the character U+{ord(match[0]):04X} isn’t allowed in a text file")
    return text


def _line(part: yaml.Node | yaml.Event) -> int:
    return part.start_mark.line + 1 if part.start_mark else 1


def _check_events(text: str) -> None:
    # The parser yields events one by one, so a hostile file is rejected before anything is built from it.
    depth = documents = values = 0
    problems = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = _line(event)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        values += isinstance(event, yaml.NodeEvent)
        if depth > MAX_DEPTH:
            refuse(line, f"nested deeper than {MAX_DEPTH} levels")
        if values > MAX_VALUES:
            refuse(line, f"more than {MAX_VALUES:,} values")
        if documents > 1:
            refuse(line, "a roadmap file contains one document; a second one starts here")
        if message := _unsupported(event):
            problems.append(OutlineProblem(line, name_field(()), message))
    if problems:
        raise OutlineProblems(problems)


def _unsupported(event: yaml.Event) -> str:
    if isinstance(event, yaml.AliasEvent):
        return f"aliases aren’t supported; write out the value instead of *{event.anchor}"
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        return f"anchors aren’t supported; remove &{event.anchor}"
    tag = getattr(event, "tag", None)
    return f"tags aren’t supported; remove {tag}" if tag else ""


def _convert(node: yaml.Node, path: Path, lines: dict[Path, int], problems: list[OutlineProblem]) -> object:
    lines.setdefault(path, _line(node))
    if isinstance(node, yaml.MappingNode):
        return _convert_mapping(node, path, lines, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*path, number), lines, problems) for number, item in enumerate(node.value)]
    written = Written(node.value)
    written.plain = isinstance(node, yaml.ScalarNode) and not node.style
    return written


def _convert_mapping(
    node: yaml.MappingNode, path: Path, lines: dict[Path, int], problems: list[OutlineProblem]
) -> dict[str, object]:
    values: dict[str, object] = {}
    for key_node, value_node in node.value:
        line = _line(key_node)
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(OutlineProblem(line, name_field(path), "a field needs a plain name"))
            continue
        name = key_node.value
        if name in values:
            first = lines[(*path, name)]
            message = f"“{name}” is here twice; the first is on line {first}"
            problems.append(OutlineProblem(line, name_field((*path, name)), message))
            continue
        lines[(*path, name)] = line
        values[name] = _convert(value_node, (*path, name), lines, problems)
    return values
