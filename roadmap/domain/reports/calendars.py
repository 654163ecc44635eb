"""The calendar of an enrollment: the days that lie ahead, as plain values, from what is on record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from roadmap.domain.learning.replay import State, replay_as_of
from roadmap.domain.reports.builder import Record, check_days


class DayKind(StrEnum):
    """Why a day is in the calendar."""

    TARGET = "target"
    REVISIT = "revisit"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A whole day, the learner's own; `key` names the milestone, or is empty for the whole roadmap."""

    kind: DayKind
    key: str
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """What lies ahead of one enrollment; `changed_at` is when something was last recorded of it."""

    public_id: str
    slug: str
    title: str
    changed_at: datetime
    days: tuple[CalendarDay, ...]


def make_calendar(record: Record, public_id: str, as_of: date) -> Calendar:
    """The target and the days to revisit on or after a day, as they were on record at its end.

    Raises Invalid for a day that makes no report.
    """
    check_days(record, as_of)
    state = replay_as_of(record.events, as_of)
    outline = record.editions[state.edition_id].outline
    return Calendar(
        public_id=public_id,
        slug=outline.slug,
        title=outline.title,
        changed_at=max(event.recorded_at for event in record.events if event.recorded_on <= as_of),
        days=tuple(each for each in _days(record, state) if each.day >= as_of),
    )


def _days(record: Record, state: State) -> Iterator[CalendarDay]:
    outline = record.editions[state.edition_id].outline
    if state.settings is not None and state.settings.target_on is not None:
        yield CalendarDay(DayKind.TARGET, "", outline.title, state.settings.target_on)
    states = record.states_of(state)
    for key, milestone in outline.milestones.items():
        if key in states and (day := states[key].revisit_on) is not None:
            yield CalendarDay(DayKind.REVISIT, key, milestone.title, day)
