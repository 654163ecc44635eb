"""The people of the demo and the entries of what they do: read from YAML, checked, and sorted by time.

A time is written “12 Tue”, a day of the twelfth week before this one, or “5 hours ago”, which is exact.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from roadmap.domain.roadmaps.outlines import Outline
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


# What mentors do in the history of a learner; the value of some may name another than the usual mentor.
NAMED_MENTOR_ACTIONS = frozenset({"accept", "claim", "look", "reconsider", "return", "verify"})
MENTOR_ACTIONS = NAMED_MENTOR_ACTIONS | {"answer", "mentor_note", "sign_off"}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WHEN = re.compile(
    rf"(?P<weeks>[1-9]\d*) (?P<day>{'|'.join(DAYS)})|(?P<count>\d+) (?P<unit>minutes|hours) ago"
)
BETWEEN_STEPS = timedelta(minutes=7)


class DemoDataError(ValueError):
    """The demo's data have a mistake; says where."""


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


def check_entries(
    entries: Sequence[Entry], actions: Collection[str], outlines: Mapping[str, Sequence[Outline]]
) -> None:
    """Raise DemoDataError unless every action is known, and every milestone in an edition of its roadmap."""
    faults = [f"{entry}: {fault}" for entry in entries for fault in _faults(entry, actions, outlines)]
    if faults:
        raise DemoDataError("\n".join(faults))


def _faults(
    entry: Entry, actions: Collection[str], outlines: Mapping[str, Sequence[Outline]]
) -> Iterator[str]:
    if entry.action not in actions:
        yield f"there is no action “{entry.action}”"
    if entry.action in NAMED_MENTOR_ACTIONS and entry.value not in {None, entry.by.handle}:
        yield f"there is no person “{entry.value}”"
    if entry.roadmap and entry.roadmap not in outlines:
        yield f"there is no roadmap “{entry.roadmap}”"
    elif entry.milestone and not any(
        entry.milestone in outline.milestones for outline in outlines[entry.roadmap]
    ):
        yield f"{entry.roadmap} has no milestone “{entry.milestone}”"


class Calendar:
    """Converts the times in the data to moments, for a demo that ends at `end`."""

    def __init__(self, end: datetime) -> None:
        self._end = end
        # Yesterday's week, so that the Sunday before it is over in every time zone.
        yesterday = end.astimezone(UTC).date() - timedelta(days=1)
        self._monday = yesterday - timedelta(days=yesterday.weekday())
        self._steps_on: Counter[tuple[str, date]] = Counter()

    def moment(self, when: str, person: Person) -> datetime:
        """The moment in UTC; a person's actions on the same day are some minutes apart."""
        match = WHEN.fullmatch(when)
        if match is None:
            raise ValueError(f"“{when}” is no moment. Write “12 Tue”, “5 hours ago” or “40 minutes ago”.")
        if match["unit"]:
            return self._end - timedelta(**{match["unit"]: int(match["count"])})
        day = self._monday + timedelta(weeks=-int(match["weeks"]), days=DAYS.index(match["day"]))
        hour = person.hours[day.weekday() >= 5]
        begins = datetime.combine(day, time(), ZoneInfo(person.zone)) + timedelta(hours=hour)
        steps = self._steps_on[person.handle, day]
        self._steps_on[person.handle, day] += 1
        return begins.astimezone(UTC) + steps * BETWEEN_STEPS


def schedule_entries(entries: Sequence[Entry], *, end: datetime) -> list[tuple[datetime, Entry]]:
    """Every entry with its moment, the earliest first; raise DemoDataError when one is not before the end."""
    calendar = Calendar(end)
    schedule = [(_moment(calendar, entry, end), entry) for entry in entries]
    return sorted(schedule, key=lambda timed: timed[0])


def _moment(calendar: Calendar, entry: Entry, end: datetime) -> datetime:
    try:
        moment = calendar.moment(entry.when, entry.by)
    except ValueError as error:
        raise DemoDataError(f"{entry}: {error}") from None
    if moment > end:
        raise DemoDataError(f"{entry}: this is after the end of the history")
    return moment
