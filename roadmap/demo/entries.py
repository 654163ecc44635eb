"""The entries of the demo, read from `people.yaml` and from the histories of the learners."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from roadmap.demo.people import Cast, Person, load_data

# What mentors do in the history of a learner; the value of some may name another than the usual mentor.
NAMED_MENTOR_ACTIONS = frozenset({"accept", "claim", "look", "reconsider", "return", "verify"})
MENTOR_ACTIONS = NAMED_MENTOR_ACTIONS | {"mentor_note"}


@dataclass(frozen=True)
class Entry:
    """One thing that somebody does; `roadmap` and `milestone` are empty where it is not about one."""

    action: str
    when: str
    value: Any
    by: Person
    learner: Person
    roadmap: str = ""
    milestone: str = ""

    def __str__(self) -> str:
        """Where it is in the data, for error messages."""
        path = (self.learner.handle, self.roadmap, self.milestone, f"{self.action} {self.when}")
        return " / ".join(filter(None, path))


def read_entries(cast: Cast) -> list[Entry]:
    """All entries in the order of the files: accounts first, then learner by learner."""
    accounts = [
        Entry(*_split(event), by=person, learner=person)
        for person in cast.people.values()
        for event in person.events
    ]
    return [*accounts, *(entry for learner in cast.with_role("learner") for entry in _history(cast, learner))]


def _history(cast: Cast, learner: Person) -> Iterator[Entry]:
    for roadmap, history in load_data(f"histories/{learner.handle}.yaml").items():
        mentor = cast.people[history["mentor"]]
        for milestone, events in [("", history["events"]), *history["milestones"].items()]:
            for event in events:
                action, when, value = _split(event)
                by = cast.people.get(str(value), mentor) if action in MENTOR_ACTIONS else learner
                yield Entry(action, when, value, by, learner, roadmap, milestone)


def _split(event: str | dict[str, Any]) -> tuple[str, str, Any]:
    """Action, moment and value of `done 12 Tue` or `{done 12 Tue: value}`."""
    text, value = (event, None) if isinstance(event, str) else next(iter(event.items()))
    action, _, when = text.partition(" ")
    return action, when, value
