"""Problems of a roadmap file: where each one is, and what it says to the person who has to mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from roadmap.domain.outline_rules import Path


@dataclass(frozen=True, slots=True, order=True)
class OutlineProblem:
    """One thing to mend; `line` counts from 1, `field` is a path such as `areas[0].skills[2].needs`."""

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.field}: {self.message}"


class OutlineProblems(Exception):
    """A roadmap file was refused; `problems` holds all that was found, in the order of its lines."""

    def __init__(self, problems: Iterable[OutlineProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def name_field(path: Path) -> str:
    """Write a path as people read it; the whole file is `file`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "file"


def find_line(path: Path, lines: Mapping[Path, int]) -> int:
    """Return the line of the value, or of the nearest thing around it that is written down."""
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 1)
