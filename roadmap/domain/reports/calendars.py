"""The calendar of an enrollment: its target and the days to revisit milestones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from roadmap.domain.learning.replay import State, replay_events
from roadmap.domain.reports.records import Record, check_days


class DayKind(StrEnum):
    TARGET = "target"
    REVISIT = "revisit"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A whole day in the learner's time zone; `key` is that of the milestone, or empty for the roadmap."""

    kind: DayKind
    key: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """The upcoming days of one enrollment; `changed_at` is the time of its last event."""

    public_id: str
    slug: str
    title: str
    changed_at: datetime
    days: tuple[CalendarDay, ...]


def make_calendar(record: Record, public_id: str, as_of: date) -> Calendar:
    """Return the target and the days to revisit on or after a day, as they were at the end of that day.

    Raises Invalid for a day in the future or before the start.
    """
    check_days(record, as_of)
    events = [event for event in record.events if event.recorded_on <= as_of]
    state = replay_events(events)
    outline = record.edition_of(state).outline
    return Calendar(
        public_id=public_id,
        slug=outline.slug,
        title=outline.title,
        changed_at=max(event.recorded_at for event in events),
        days=tuple(entry for entry in _days(record, state) if entry.day >= as_of),
    )


def _days(record: Record, state: State) -> Iterator[CalendarDay]:
    outline = record.edition_of(state).outline
    if state.settings is not None and state.settings.target_on is not None:
        yield CalendarDay(DayKind.TARGET, "", outline.title, state.settings.target_on)
    states = record.states_of(state)
    for key, milestone in outline.milestones.items():
        if key in states and (day := states[key].revisit_on) is not None:
            yield CalendarDay(DayKind.REVISIT, key, milestone.title, day)
