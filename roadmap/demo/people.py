"""The people of the demo, read from `people.yaml`."""

from dataclasses import dataclass, field
from typing import Any

import yaml

from roadmap.paths import PACKAGE

FOLDER = PACKAGE / "demo"


@dataclass(frozen=True)
class Person:
    """Somebody with an account; `about` is for the printed table, `project` the name of their work."""

    handle: str
    role: str
    name: str
    zone: str
    about: str
    hours: tuple[float, float]
    project: str = ""
    events: list[Any] = field(default_factory=list)

    @property
    def email(self) -> str:
        return f"{self.handle}@example.org"


@dataclass(frozen=True)
class Cast:
    """Everybody by handle, in the order in which they are listed, and the one password they all have."""

    password: str
    people: dict[str, Person]

    def with_role(self, role: str) -> list[Person]:
        """The administrators, the mentors or the learners."""
        return [person for person in self.people.values() if person.role == role]


def read_cast() -> Cast:
    """Return the people of the demo."""
    data = load_data("people.yaml")
    people = {handle: Person(handle, **fields) for handle, fields in data["people"].items()}
    return Cast(data["password"], people)


def load_data(name: str) -> Any:
    """The content of one of the demo's YAML files."""
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
